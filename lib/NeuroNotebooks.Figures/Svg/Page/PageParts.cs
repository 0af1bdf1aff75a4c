namespace NeuroNotebooks.Figures.Svg;

/// <summary>What stands on the page around and above the plots.</summary>
internal sealed record PageParts(TitlePart? Title, LegendPart? Legend, SliderPart? Slider, IReadOnlyList<ColorBarPart> Bars, AnnotationSet Notes)
{
    /// <summary>Annotations that may stand out of a subplot.</summary>
    public IEnumerable<Annotation> OuterAnnotations => Notes.Outer;

    /// <summary>The box around annotations that lie beside the plots; empty at the area's middle if there are none.</summary>
    public Box FreeAnnotations(PageLayout layout) => Notes.Outer
        .Aggregate(new Box(layout.Area.CenterX, layout.Area.CenterY, layout.Area.CenterX, layout.Area.CenterY), (box, note) => box.Union(note.BoxOn(layout)));
}

using NeuroNotebooks.Runner.Engine;

namespace NeuroNotebooks.Runner.Host;

internal sealed partial class CellCompiler
{
    public static Answer Answer(Question question) => question switch
    {
        Complete q => new Completed(q.Number, new Completions(q.Cursor, [])),
        Describe q => new Described(q.Number, null),
        _ => new Judged(question.Number, Completeness.Complete, ""),
    };
}

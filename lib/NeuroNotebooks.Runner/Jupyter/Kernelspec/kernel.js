// For the classic notebook, which loads this file when the kernel is chosen: C# colours, and figures that move.
// Written by "kernel install", which knows whether plotly.min.js lies beside this file. Without it the figures stay what they are
// in their HTML: pictures.
define(['module', 'base/js/namespace', 'notebook/js/outputarea'], function (module, Jupyter, outputarea) {
  'use strict';

  var hasPlotly = /* plotly */ false;
  var mimeType = 'application/vnd.plotly.v1+json';
  var mode = 'text/x-csharp';

  function colourCells() {
    Jupyter.notebook.set_codemirror_mode(mode);
  }

  function draw(Plotly, element, figure) {
    // Plotly writes into what it is given, and this is what the notebook saves
    var copy = JSON.parse(JSON.stringify(figure));
    copy.config = Object.assign({ responsive: true }, copy.config);
    Plotly.newPlot(element, copy);
  }

  function registerFigures(Plotly) {
    var OutputArea = outputarea.OutputArea;
    if (OutputArea.prototype.mime_types().indexOf(mimeType) >= 0) return;     // another extension draws them

    function append(figure, metadata, element) {
      var area = this.create_output_subarea(metadata, 'output_plotly', mimeType);
      var target = document.createElement('div');
      target.className = 'rendered_html';
      area.append(target);
      element.append(area);
      this.keyboard_manager.register_events(area);
      setTimeout(function () { draw(Plotly, target, figure); }, 0);           // the element must be in the page to have a width
      return area;
    }
    OutputArea.prototype.register_mime_type(mimeType, append, { safe: true, index: 0 });

    Jupyter.notebook.get_cells().forEach(function (cell) {
      var outputs = (cell.output_area && cell.output_area.outputs) || [];
      var hasFigure = outputs.some(function (output) { return output.data && output.data[mimeType]; });
      if (hasFigure) Jupyter.notebook.render_cell_output(cell);
    });
  }

  return {
    onload: function () {
      colourCells();
      if (!hasPlotly) return;
      var folder = module.uri.replace(/[^\/]*$/, '');
      require([folder + 'plotly.min.js'], function (loaded) {
        registerFigures(loaded || window.Plotly);                             // some bundles define a module, some a global name
      }, function (error) {
        console.warn('Plotly could not be loaded, so figures stay pictures:', error);
      });
    }
  };
});

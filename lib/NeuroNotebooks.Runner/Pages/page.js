// The whole script of a page. Without it the page stands: figures as pictures, light or dark as the system wishes.
(() => {
  'use strict';
  const root = document.documentElement;
  const systemDark = matchMedia('(prefers-color-scheme: dark)');
  const lessMotion = matchMedia('(prefers-reduced-motion: reduce)');
  const key = 'neuronotebooks-theme';
  const remembered = () => { try { return localStorage.getItem(key); } catch { return null; } };
  const remember = theme => { try { localStorage.setItem(key, theme); } catch { /* a page from a file may have no storage */ } };

  if (['light', 'dark'].includes(remembered())) root.dataset.theme = remembered();    // before anything is painted
  root.classList.add('scripted');

  function themeSwitch() {
    const button = document.querySelector('button.theme');
    const isDark = () => (root.dataset.theme ?? (systemDark.matches ? 'dark' : 'light')) === 'dark';
    const show = () => button.setAttribute('aria-pressed', isDark());
    button.addEventListener('click', () => { remember(root.dataset.theme = isDark() ? 'light' : 'dark'); show(); });
    systemDark.addEventListener('change', show);
    button.hidden = false;
    show();
  }

  function copyButtons() {
    for (const pre of document.querySelectorAll('.input pre, .text pre')) {
      const button = Object.assign(document.createElement('button'), { type: 'button', className: 'copy', textContent: 'Copy' });
      button.setAttribute('aria-label', 'Copy this code');
      button.addEventListener('click', async () => {
        try { await navigator.clipboard.writeText(pre.textContent); } catch { copySelected(pre); }
        say('Copied');
        button.textContent = 'Copied';
        setTimeout(() => { button.textContent = 'Copy'; }, 1600);
      });
      const frame = pre.closest('.input') ?? wrap(pre);
      frame.append(button);
    }
  }

  function wrap(pre) {
    const frame = Object.assign(document.createElement('div'), { className: 'listing' });
    pre.replaceWith(frame);
    frame.append(pre);
    return frame;
  }

  function copySelected(pre) {
    getSelection().selectAllChildren(pre);
    document.execCommand('copy');
    getSelection().removeAllRanges();
  }

  function say(words) {
    document.querySelector('.said').textContent = words;
  }

  // Marks the section in view in the table of contents.
  function contents() {
    const links = [...document.querySelectorAll('.contents a')];
    const narrow = document.querySelector('.contents details');
    narrow?.addEventListener('click', event => { if (event.target.closest('a')) narrow.open = false; });
    const headings = [...new Set(links.map(link => decodeURIComponent(link.hash.slice(1))))]
      .map(id => document.getElementById(id)).filter(Boolean);
    if (headings.length === 0) return;
    let waiting = false;
    const mark = () => {
      waiting = false;
      const atEnd = innerHeight + scrollY >= root.scrollHeight - 2;
      const passed = headings.filter(heading => heading.getBoundingClientRect().top < innerHeight * 0.3);
      const current = atEnd ? headings.at(-1) : passed.at(-1);
      for (const link of links) {
        if (current && decodeURIComponent(link.hash.slice(1)) === current.id) link.setAttribute('aria-current', 'location');
        else link.removeAttribute('aria-current');
      }
      const shown = document.querySelector('.contents .wide a[aria-current]');
      if (shown && shown.offsetParent) {
        const list = shown.closest('.wide'), top = shown.offsetTop;
        if (top < list.scrollTop + 40 || top > list.scrollTop + list.clientHeight - 60) list.scrollTop = top - list.clientHeight / 2;
      }
    };
    addEventListener('scroll', () => { if (!waiting) { waiting = true; requestAnimationFrame(mark); } }, { passive: true });
    mark();
  }

  // What is wider than its column scrolls by keyboard too.
  function markScrollers() {
    for (const box of document.querySelectorAll('.plate, .output.rich, .scroll, .text table, .katex-display, math[display="block"]')) {
      if (box.scrollWidth > box.clientWidth + 1) box.tabIndex = 0;
      else box.removeAttribute('tabindex');
    }
  }

  let plotly;
  const loadPlotly = () => plotly ??= new Promise((loaded, failed) => {
    const script = document.createElement('script');
    script.src = root.dataset.plotly;
    script.onload = () => loaded(window.Plotly);
    script.onerror = () => failed(new Error(`${script.src} is missing`));
    document.head.append(script);
  });

  const narrowest = 560;     // below this many pixels a figure has the width of a phone

  // A figure that is a picture until it comes near, and can then be played with.
  class Figure {
    constructor(box) {
      this.box = box;
      this.plate = box.querySelector('.plate');
      this.picture = box.querySelector('svg');
      this.json = box.querySelector('script[type="application/json"]');
      this.slider = box.querySelector('.range');
    }

    show() {
      return this.shown ??= this.draw().catch(() => { if (this.slider) this.slider.hidden = true; });
    }

    async draw() {
      const Plotly = await loadPlotly();
      const spec = this.spec = JSON.parse(this.json.textContent);
      const live = Object.assign(document.createElement('div'), { className: 'live' });
      live.setAttribute('role', 'group');
      live.setAttribute('aria-label', this.box.dataset.description);
      this.picture.before(live);
      const layout = this.fitted(spec.layout ?? {}, live);
      await Plotly.newPlot(live, { data: spec.data, layout, frames: spec.frames, config: {
        displaylogo: false, responsive: true, showLink: false, modeBarButtonsToRemove: ['select2d', 'lasso2d', 'autoScale2d'],
        toImageButtonOptions: { format: 'svg', filename: 'figure' } } });
      this.box.classList.add('is-live');
      if (this.slider) this.steps = spec.layout.sliders[0].steps;
      this.live = live;
      markScrollers();
    }

    // The layout in the width of the column. What the page shows around the figure is taken out of it: slider and caption.
    fitted(layout, live) {
      const { width, height, sliders, ...rest } = layout;
      const caption = this.box.querySelector('figcaption') && layout.annotations?.find(note => note.name === 'caption');
      const bottom = layout.margin?.b ?? 80;
      const kept = sliders ? Math.min(bottom, 64) : bottom - (caption ? 18 * caption.text.split('<br>').length + 8 : 0);
      rest.annotations = layout.annotations?.filter(note => note !== caption);
      rest.margin = { ...layout.margin, b: kept };
      const natural = (height ?? 450) - (bottom - kept);
      if (this.plate.clientWidth >= narrowest) {
        live.style.maxWidth = `${width ?? 960}px`;
        live.style.height = `${Math.round(natural * Math.min(1, this.picture.clientWidth / (width ?? 960)))}px`;
      } else {
        this.fitPhone(layout, rest, live, natural);
      }
      return { ...rest, autosize: true };
    }

    // On a phone: the title above the figure as text that wraps, the legend below it, several panels side by side to scroll.
    fitPhone(layout, rest, live, natural) {
      const panels = Object.keys(layout).filter(name => /^xaxis\d*$/.test(name)).length;
      if (panels > 1) live.style.minWidth = `${narrowest}px`;
      const title = layout.title?.text ?? (typeof layout.title === 'string' ? layout.title : '');
      if (title) {
        const words = Object.assign(document.createElement('p'), { className: 'title' });
        words.textContent = title.replace(/<[^>]*>/g, ' ').replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
        live.before(words);
        delete rest.title;
        rest.margin.t = panels > 1 ? 34 : 14;
      }
      if (panels <= 1) {
        const names = this.spec.data.filter(trace => trace.name && trace.showlegend !== false).map(trace => trace.name);
        const rows = layout.showlegend === false ? 0 : Math.ceil(names.reduce((sum, name) => sum + 52 + 7 * name.length, 0) / 290);
        rest.legend = { ...layout.legend, orientation: 'h',
          xref: 'container', x: 0.02, xanchor: 'left', yref: 'container', y: 0.01, yanchor: 'bottom' };
        rest.margin.l = 56;
        rest.margin.r = 12;
        rest.margin.b += 22 * rows;
      }
      live.style.height = `${Math.max(280, Math.min(natural, 420))}px`;
    }

    listen() {
      const range = this.slider?.querySelector('input'), value = this.slider?.querySelector('output');
      if (!range) return;
      const labels = JSON.parse(this.slider.dataset.labels);
      this.slider.hidden = false;
      range.addEventListener('input', async () => {
        value.textContent = labels[range.value];
        range.setAttribute('aria-valuetext', labels[range.value]);
        await this.show();
        const step = this.steps?.[range.value];
        if (!step || !['animate', 'restyle', 'relayout', 'update'].includes(step.method)) return;
        const args = lessMotion.matches ? step.args.map(withoutMotion) : step.args;
        await window.Plotly[step.method](this.live, ...args);
      });
    }
  }

  function withoutMotion(argument) {
    return argument?.transition || argument?.frame
      ? { ...argument, transition: { duration: 0 }, frame: { ...argument.frame, duration: 0, redraw: true } } : argument;
  }

  function figures() {
    if (!root.dataset.plotly) return;
    const near = new IntersectionObserver(entries => {
      for (const entry of entries.filter(entry => entry.isIntersecting)) {
        near.unobserve(entry.target);
        known.get(entry.target).show();
      }
    }, { rootMargin: '400px 0px' });
    const known = new Map();
    for (const box of document.querySelectorAll('.output.figure[data-description]')) {
      const figure = new Figure(box);
      if (!figure.json || !figure.picture || !figure.plate) continue;
      known.set(box, figure);
      figure.listen();
      near.observe(box);
    }
  }

  addEventListener('resize', markScrollers);
  addEventListener('toggle', markScrollers, true);      // what was folded has a width only now
  addEventListener('DOMContentLoaded', () => { themeSwitch(); copyButtons(); contents(); markScrollers(); figures(); });
})();

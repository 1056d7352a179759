// Comforts; the page is complete without them.
'use strict';

const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const button = (text, action) => {
  const made = document.createElement('button');
  made.type = 'button';
  made.textContent = text;
  made.addEventListener('click', action);
  return made;
};

// Tables marked sortable: a heading becomes a button that sorts by its column, the other way, and back to the order of the report.
// Rows without a value stay last.
for (const table of all('table.sortable')) {
  const body = table.tBodies[0];
  const original = [...body.rows];
  const headings = [...table.tHead.rows[0].cells];
  let cells = 0;
  for (const heading of headings) {
    const column = cells;
    cells += heading.colSpan;
    const numeric = original.some(row => row.cells[column]?.dataset.value !== undefined);
    const keyOf = row => {
      const cell = row.cells[column];
      if (!cell || cell.colSpan > 1 || (numeric ? cell.dataset.value === undefined : !cell.textContent)) return null;
      const value = numeric ? Number(cell.dataset.value) : cell.textContent;
      return Number.isNaN(value) ? null : value;
    };
    const sort = button('', () => {
      const first = numeric ? 'descending' : 'ascending';
      const second = numeric ? 'ascending' : 'descending';
      const now = heading.getAttribute('aria-sort');
      const next = now === first ? second : now === second ? null : first;
      const compare = (a, b) => {
        if (a.key === null || b.key === null) return (a.key === null) - (b.key === null);
        const order = numeric ? (a.key > b.key) - (a.key < b.key) : a.key.localeCompare(b.key, 'en', { numeric: true });
        return next === 'descending' ? -order : order;
      };
      const rows = next ? original.map(row => ({ row, key: keyOf(row) })).sort(compare).map(entry => entry.row) : original;
      body.append(...rows);
      headings.forEach(other => other.removeAttribute('aria-sort'));
      if (next) heading.setAttribute('aria-sort', next);
    });
    const label = heading.querySelector('[title]');
    if (label) sort.setAttribute('aria-description', label.title);
    sort.append(...heading.childNodes);
    heading.append(sort);
  }
}

// Tables with marks against a baseline: a choice of the baseline. The marks against each are in the page, a letter each.
const standings = { w: ['▲', 'better than'], l: ['▼', 'worse than'], t: ['≈', 'level with'], n: ['', ''] };
for (const choice of document.querySelectorAll('.baseline select')) {
  const section = choice.closest('section');
  choice.closest('.baseline').hidden = false;
  choice.addEventListener('change', () => {
    const name = choice.selectedOptions[0].textContent;
    for (const mark of section.querySelectorAll('[data-marks]')) {
      const code = mark.dataset.marks[choice.value];
      const [sign, words] = standings[code];
      mark.className = `mark ${code}`;
      mark.textContent = sign;
      mark.removeAttribute('role');
      mark.removeAttribute('aria-label');
      if (words) {
        mark.setAttribute('role', 'img');
        mark.setAttribute('aria-label', `${words} ${name}`);
      }
    }
    for (const part of section.querySelectorAll('[data-against]')) part.hidden = part.dataset.against !== choice.value;
  });
}

// Light or dark: what the reader chooses for this page goes before the system's setting.
const dark = matchMedia('(prefers-color-scheme: dark)');
const tools = document.createElement('div');
tools.className = 'tools';
const theme = button('', () => {
  document.documentElement.style.colorScheme = isDark() ? 'light' : 'dark';
  nameTheme();
});
const isDark = () => (document.documentElement.style.colorScheme || (dark.matches ? 'dark' : 'light')) === 'dark';
const nameTheme = () => { theme.textContent = isDark() ? 'Light colours' : 'Dark colours'; };
dark.addEventListener('change', nameTheme);
nameTheme();
tools.append(theme);
document.querySelector('header').prepend(tools);

// A heading's link goes to the clipboard too, where the browser allows it.
document.addEventListener('click', event => {
  const anchor = event.target.closest?.('.anchor');
  if (anchor) navigator.clipboard?.writeText(anchor.href).catch(() => {});
});

// Reading values off a drawing: what has a title says it; points of a series are turned into values by the scales of the axes.
const readout = document.createElement('div');
readout.className = 'reading-box';
readout.setAttribute('role', 'status');
document.querySelector('.page').append(readout);

const scaleOf = text => {
  const [from, to, low, high, kind, log] = text.split(' ');
  const [a, b, l, h] = [from, to, low, high].map(Number);
  const value = at => log ? l * (h / l) ** ((at - a) / (b - a)) : l + (h - l) * ((at - a) / (b - a));
  return at => write(value(at), Math.abs(value(at + 0.1) - value(at)), kind);
};

// As many decimals as a tenth of a pixel is worth.
const write = (value, unit, kind) => {
  const number = (x, u) => {
    const decimals = Math.min(12, Math.max(0, Math.floor(-Math.log10(u || 1))));
    const size = Math.abs(x);
    return size !== 0 && (size < 1e-4 || size >= 1e7) ? x.toExponential(2) : x.toLocaleString('en', { maximumFractionDigits: decimals }).replace(/^-(?=[0.]*$)/, '').replace(/^-/, '−');
  };
  const scaled = (...units) => {
    const [size, name] = units.find(([size]) => Math.abs(value) >= size) ?? units.at(-1);
    return `${number(value / size, unit / size)} ${name}`;
  };
  switch (kind) {
    case 'Percent': return `${number(100 * value, 100 * unit)}%`;
    case 'Integer': return number(Math.round(value), Math.max(1, unit));
    case 'Seconds': return scaled([1, 's'], [1e-3, 'ms'], [1e-6, 'µs']);
    case 'Bytes': return scaled([1e9, 'GB'], [1e6, 'MB'], [1e3, 'kB'], [1, 'B']);
    default: return number(value, unit);
  }
};

const readings = new WeakMap();
const readingsOf = svg => {
  if (readings.has(svg)) return readings.get(svg);
  const found = [];
  for (const title of all(':is(rect, path) > title', svg)) {
    const { x, y, width, height } = title.parentElement.getBBox();
    found.push({ left: x, top: y, right: x + width, bottom: y + height, text: title.textContent });
    title.remove();
  }
  const [x, y] = ['x', 'y'].map(axis => svg.dataset[axis] && scaleOf(svg.dataset[axis]));
  for (const series of all('[data-series]', svg)) {
    for (const [, atX, atY] of series.getAttribute('d').matchAll(/[ML](-?[\d.]+) (-?[\d.]+)/g)) {
      const [left, top] = [Number(atX), Number(atY)];
      const values = y ? `${svg.dataset.yTitle} ${y(top)}, ${svg.dataset.xTitle} ${x(left)}` : `${svg.dataset.xTitle} ${x(left)}`;
      found.push({ left, right: left, top, bottom: top, text: `${series.dataset.series}: ${values}` });
    }
  }
  readings.set(svg, found);
  return found;
};

let pointer = null;
const hush = () => {
  pointer?.remove();
  pointer = null;
  readout.textContent = '';
};
const say = (svg, reading) => {
  if (readout.textContent === reading.text && pointer?.ownerSVGElement === svg) return;
  hush();
  const isPoint = reading.right - reading.left < 14 && reading.bottom - reading.top < 14;
  pointer = document.createElementNS(svg.namespaceURI, isPoint ? 'circle' : 'rect');
  pointer.setAttribute('class', 'pointer');
  const place = isPoint
    ? { cx: (reading.left + reading.right) / 2, cy: (reading.top + reading.bottom) / 2, r: 6 }
    : { x: reading.left, y: reading.top, width: reading.right - reading.left, height: reading.bottom - reading.top };
  for (const [name, value] of Object.entries(place)) pointer.setAttribute(name, value);
  svg.append(pointer);
  readout.style.left = readout.style.top = '0';
  readout.textContent = reading.text;
  const mark = pointer.getBoundingClientRect();
  const box = readout.getBoundingClientRect();
  const left = Math.min(Math.max(4, mark.left + mark.width / 2 - box.width / 2), document.documentElement.clientWidth - box.width - 4);
  const top = mark.top - box.height - 8 > 0 ? mark.top - box.height - 8 : mark.bottom + 8;
  const frame = readout.offsetParent?.getBoundingClientRect() ?? { left: -scrollX, top: -scrollY };
  readout.style.left = `${left - frame.left}px`;
  readout.style.top = `${top - frame.top}px`;
};

// By pointing: the nearest reading within a finger's width.
document.addEventListener('pointermove', event => {
  const svg = event.target.closest?.('figure svg');
  if (!svg) {
    if (pointer && document.activeElement !== pointer.ownerSVGElement) hush();
    return;
  }
  const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
  let nearest = null;
  let least = 30;
  for (const reading of readingsOf(svg)) {
    const away = Math.hypot(Math.max(reading.left - at.x, 0, at.x - reading.right), Math.max(reading.top - at.y, 0, at.y - reading.bottom));
    if (away < least) [nearest, least] = [reading, away];
  }
  if (nearest) say(svg, nearest); else hush();
});

// By keys: a drawing that has readings takes the focus, and the arrows walk through them.
for (const svg of all('figure svg')) {
  if (!svg.querySelector('[data-series], rect > title, path > title')) continue;
  svg.tabIndex = 0;
  let index = 0;
  const show = () => {
    const found = readingsOf(svg);
    index = Math.min(Math.max(index, 0), found.length - 1);
    if (found.length) say(svg, found[index]);
  };
  svg.addEventListener('focus', () => { if (svg.matches(':focus-visible')) show(); });
  svg.addEventListener('blur', hush);
  svg.addEventListener('keydown', event => {
    const last = readingsOf(svg).length - 1;
    const steps = { ArrowRight: index + 1, ArrowDown: index + 1, ArrowLeft: index - 1, ArrowUp: index - 1, Home: 0, End: last, PageDown: index + 10, PageUp: index - 10 };
    if (event.key === 'Escape') hush();
    if (!(event.key in steps)) return;
    index = steps[event.key];
    show();
    event.preventDefault();
  });
}

// A drawing as a file: a copy that carries its own style.
const inlined = ['fill', 'fill-opacity', 'stroke', 'stroke-opacity', 'stroke-width', 'stroke-dasharray', 'stroke-linecap', 'stroke-linejoin', 'font-family', 'font-size', 'font-weight', 'text-anchor', 'paint-order'];
const standalone = svg => {
  const copy = svg.cloneNode(true);
  const [from, to] = [[svg, ...all('*', svg)], [copy, ...all('*', copy)]];
  to.forEach((element, i) => {
    const style = getComputedStyle(from[i]);
    if (!element.matches('svg, g, title, desc, clipPath, clipPath *')) inlined.forEach(name => element.setAttribute(name, style.getPropertyValue(name)));
    ['class', 'tabindex'].forEach(name => element.removeAttribute(name));
    Object.keys(element.dataset).forEach(name => delete element.dataset[name]);
  });
  all('.pointer', copy).forEach(mark => mark.remove());
  const paper = document.createElementNS(svg.namespaceURI, 'rect');
  for (const [name, value] of Object.entries({ width: '100%', height: '100%', fill: getComputedStyle(document.body).backgroundColor })) paper.setAttribute(name, value);
  copy.insertBefore(paper, copy.querySelector(':scope > desc').nextSibling);
  return new XMLSerializer().serializeToString(copy);
};
for (const figure of all('figure')) {
  if (!figure.querySelector('svg')) continue;
  const save = button('Save as SVG', () => {
    hush();
    const svg = all('svg', figure).find(drawing => drawing.getBoundingClientRect().width > 0);
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([standalone(svg)], { type: 'image/svg+xml' }));
    link.download = `${figure.closest('section').id}.svg`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });
  save.className = 'save';
  save.setAttribute('aria-label', `Save as SVG: ${figure.querySelector('svg > title').textContent}`);
  figure.querySelector('figcaption').prepend(save);
}

// Paper cannot be opened: closed groups are open while the page prints.
const closed = new Set();
addEventListener('beforeprint', () => {
  hush();
  for (const details of all('.group > details:not([open])')) {
    closed.add(details);
    details.open = true;
  }
});
addEventListener('afterprint', () => {
  for (const details of closed) details.open = false;
  closed.clear();
});

// A link to a group opens it.
const reveal = () => {
  const target = document.querySelector(':target');
  for (let at = target?.querySelector(':scope > details') ?? target; at; at = at.parentElement) {
    if (at.tagName === 'DETAILS') at.open = true;
  }
};
addEventListener('hashchange', reveal);
addEventListener('load', reveal);

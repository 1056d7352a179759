// Comforts; the page is complete without them.
'use strict';

// Tables marked sortable: a heading becomes a button that sorts by its column. Rows without a value stay last.
for (const table of document.querySelectorAll('table.sortable')) {
  const body = table.tBodies[0];
  const headings = [...table.tHead.rows[0].cells];
  let cells = 0;
  for (const heading of headings) {
    const column = cells;
    cells += heading.colSpan;
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener('click', () => {
      const numeric = [...body.rows].some(row => row.cells[column]?.dataset.value !== undefined);
      const current = heading.getAttribute('aria-sort');
      const descending = current ? current === 'ascending' : numeric;
      const key = row => {
        const cell = row.cells[column];
        if (!cell || cell.colSpan > 1) return null;
        if (!numeric) return cell.textContent;
        const value = Number(cell.dataset.value ?? NaN);
        return Number.isNaN(value) ? null : value;
      };
      const compare = (a, b) => {
        if (a.key === null || b.key === null) return (a.key === null) - (b.key === null);
        const order = numeric ? a.key - b.key : a.key.localeCompare(b.key, undefined, { numeric: true });
        return descending ? -order : order;
      };
      const rows = [...body.rows].map(row => ({ row, key: key(row) })).sort(compare);
      body.append(...rows.map(entry => entry.row));
      headings.forEach(other => other.removeAttribute('aria-sort'));
      heading.setAttribute('aria-sort', descending ? 'descending' : 'ascending');
    });
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

// Paper cannot be opened: closed groups are open while the page prints.
const closed = new Set();
addEventListener('beforeprint', () => {
  for (const details of document.querySelectorAll('.group > details:not([open])')) {
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

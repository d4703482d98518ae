(() => {
  'use strict';
  const data = new Map();
  const read = (id) => {
    if (!data.has(id)) {
      data.set(id, JSON.parse(document.getElementById(id + '-data').textContent));
    }
    return data.get(id);
  };
  const number = (v) => {
    if (v === null || v === undefined) return 'none';
    const a = Math.abs(v);
    return a !== 0 && (a >= 1e6 || a < 1e-4) ? v.toExponential(5).replace(/\.?0+e/, 'e') : String(+v.toPrecision(7));
  };

  // --- CSV ---------------------------------------------------------------------------------------
  const quoted = (v) => {
    if (v === null || v === undefined) return '';
    const s = String(v);
    return /[",\r\n]/.test(s) ? '"' + s.replace(/"/g, '""') + '"' : s;
  };
  const csvOf = (rows) => rows.map((r) => r.map(quoted).join(',')).join('\r\n') + '\r\n';
  const figureRows = (f) => {
    if (f.heat && f.series.length === 0) return heatRows(f);
    const rows = [['series', f.x, f.y, 'lower', 'upper', 'label']];
    for (const s of f.series) {
      s.x.forEach((x, i) => rows.push([s.name, x, s.y[i], s.lower && s.lower[i], s.upper && s.upper[i], s.labels && s.labels[i]]));
    }
    return rows;
  };
  const heatRows = (f) => {
    const h = f.heat;
    const rows = [[f.x + ' from', f.x + ' to', f.y + ' from', f.y + ' to', h.valueName]];
    h.values.forEach((row, j) => row.forEach((v, i) =>
      rows.push([h.xEdges[i], h.xEdges[i + 1], h.yEdges[j], h.yEdges[j + 1], v])));
    return rows;
  };
  const tableRows = (table) => [...table.rows].filter((r) => !r.hidden).map((r) =>
    [...r.cells].map((c) => (c.dataset.v !== undefined ? c.dataset.v : (c.querySelector('button') || c).textContent)));
  const csv = (id, heat) => {
    const table = document.querySelector('#' + CSS.escape(id) + ' table');
    if (document.getElementById(id + '-data')) return csvOf(heat ? heatRows(read(id)) : figureRows(read(id)));
    return csvOf(tableRows(table));
  };
  const save = (name, text) => {
    const a = document.createElement('a');
    a.href = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
    a.download = name;
    a.click();
    setTimeout(() => URL.revokeObjectURL(a.href), 1000);
  };
  document.querySelectorAll('button[data-csv]').forEach((b) => b.addEventListener('click', () =>
    save(b.dataset.file, csv(b.dataset.csv, b.dataset.heat === 'true'))));

  document.querySelectorAll('button[data-copy]').forEach((b) => b.addEventListener('click', async () => {
    const code = document.getElementById(b.dataset.copy);
    try {
      await navigator.clipboard.writeText(code.textContent);
      b.textContent = 'Copied';
    } catch (e) {
      const range = document.createRange();
      range.selectNodeContents(code);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      b.textContent = 'Selected';
    }
  }));

  // --- values under the pointer, and by the arrow keys -----------------------------------------------
  const place = (f) => {
    const [left, top, width, height, xlo, xhi, xlog, ylo, yhi, ylog] = f.map;
    const share = (v, lo, hi, log) => (v === null || (log && v <= 0) ? NaN
      : log ? (Math.log(v) - Math.log(lo)) / (Math.log(hi) - Math.log(lo)) : (v - lo) / (hi - lo));
    const back = (s, lo, hi, log) => (log ? Math.exp(Math.log(lo) + s * (Math.log(hi) - Math.log(lo))) : lo + s * (hi - lo));
    return {
      px: (v) => left + width * share(v, xlo, xhi, xlog),
      py: (v) => top + height * (1 - share(v, ylo, yhi, ylog)),
      x: (p) => back((p - left) / width, xlo, xhi, xlog),
      y: (p) => back(1 - (p - top) / height, ylo, yhi, ylog),
      inside: (x, y) => x >= left - 8 && x <= left + width + 8 && y >= top - 8 && y <= top + height + 8,
      left, top, width, height,
    };
  };
  const spot = (f, at, s, i) => {
    const series = f.series[s];
    if (f.kind === 'bars') {
      const n = series.x.length;
      return [at.px(series.y[i]), at.top + (at.height * (i + 0.5)) / n];
    }
    return [at.px(series.x[i]), at.py(series.y[i])];
  };
  const say = (f, s, i) => {
    const series = f.series[s];
    const lines = [series.name];
    if (series.labels) lines.push(series.labels[i]);
    if (f.kind !== 'bars') lines.push(f.x + ': ' + number(series.x[i]));
    lines.push(f.y + ': ' + number(series.y[i]));
    if (series.lower) lines.push('interval: ' + number(series.lower[i]) + ' to ' + number(series.upper[i]));
    return lines.join('\n');
  };
  document.querySelectorAll('.plot').forEach((plot) => {
    const id = plot.dataset.fig;
    const svg = plot.querySelector('svg');
    const tip = plot.querySelector('.tip');
    const dot = plot.querySelector('.dot');
    let f = null;
    let at = null;
    let now = [0, -1];
    const open = () => {
      if (!f) {
        f = read(id);
        at = place(f);
      }
    };
    const scale = () => svg.clientWidth / svg.viewBox.baseVal.width;
    const show = (text, x, y, marked) => {
      const k = scale();
      tip.textContent = text;
      tip.hidden = false;
      dot.hidden = !marked;
      dot.style.left = x * k + 'px';
      dot.style.top = y * k + 'px';
      const room = plot.clientWidth - tip.offsetWidth;
      tip.style.left = Math.max(0, Math.min(room, x * k + 14 > room ? x * k - tip.offsetWidth - 12 : x * k + 14)) + 'px';
      tip.style.top = Math.max(0, y * k - tip.offsetHeight - 8) + 'px';
    };
    const hide = () => {
      tip.hidden = true;
      dot.hidden = true;
    };
    plot.addEventListener('pointermove', (e) => {
      open();
      const box = svg.getBoundingClientRect();
      const x = (e.clientX - box.left) / scale();
      const y = (e.clientY - box.top) / scale();
      if (!at.inside(x, y)) return hide();
      let best = Infinity;
      let found = null;
      f.series.forEach((series, s) => series.x.forEach((v, i) => {
        const [px, py] = spot(f, at, s, i);
        const d = f.kind === 'bars' ? Math.abs(py - y) + s * 1e-6
          : series.style === 'points' ? (px - x) ** 2 + (py - y) ** 2 : (px - x) ** 2 + 0.2 * (py - y) ** 2;
        if (d < best) {
          best = d;
          found = [s, i];
        }
      }));
      if (f.heat && !(found && best < 60)) {
        const h = f.heat;
        const cell = (edges, v) => edges.findIndex((e0, i) => i + 1 < edges.length && v >= e0 && v <= edges[i + 1]);
        const i = cell(h.xEdges, at.x(x));
        const j = cell(h.yEdges, at.y(y));
        if (i < 0 || j < 0) return hide();
        return show(f.x + ': ' + number(h.xEdges[i]) + ' to ' + number(h.xEdges[i + 1]) + '\n' + f.y + ': '
          + number(h.yEdges[j]) + ' to ' + number(h.yEdges[j + 1]) + '\n' + h.valueName + ': ' + number(h.values[j][i]), x, y, false);
      }
      if (!found) return hide();
      now = found;
      const [px, py] = spot(f, at, found[0], found[1]);
      show(say(f, found[0], found[1]), px, py, true);
    });
    plot.addEventListener('pointerleave', hide);
    plot.addEventListener('blur', hide);
    plot.addEventListener('keydown', (e) => {
      const step = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] }[e.key];
      if (e.key === 'Escape') return hide();
      if (!step && e.key !== 'Home' && e.key !== 'End') return;
      open();
      if (f.series.length === 0) return;
      e.preventDefault();
      const s = (now[0] + (step ? step[0] : 0) + f.series.length) % f.series.length;
      const n = f.series[s].x.length;
      const i = e.key === 'Home' ? 0 : e.key === 'End' ? n - 1 : Math.max(0, Math.min(n - 1, now[1] + step[1]));
      now = [s, i];
      const [x, y] = spot(f, at, s, i);
      const finite = Number.isFinite(x) && Number.isFinite(y);
      show(say(f, s, i), finite ? x : at.left, finite ? y : at.top, finite);
      document.getElementById('live').textContent = tip.textContent;
    });
  });

  // --- a figure's numbers as a table, made when it is opened -----------------------------------------
  const ROWS = 500;
  document.querySelectorAll('details[data-fig]').forEach((d) => d.addEventListener('toggle', () => {
    if (!d.open || d.querySelector('table')) return;
    const f = read(d.dataset.fig);
    const rows = figureRows(f);
    const table = document.createElement('table');
    const used = rows[0].map((_, c) => rows.some((r, i) => i > 0 && r[c] !== null && r[c] !== undefined));
    rows.slice(0, ROWS + 1).forEach((r, i) => {
      const tr = (i === 0 ? table.createTHead() : table.tBodies[0] || table.createTBody()).insertRow();
      r.forEach((v, c) => {
        if (!used[c]) return;
        const cell = document.createElement(i === 0 ? 'th' : 'td');
        if (i === 0) cell.scope = 'col';
        cell.textContent = i > 0 && typeof v === 'number' ? number(v) : v === null || v === undefined ? '' : v;
        tr.append(cell);
      });
    });
    const wrap = document.createElement('div');
    wrap.className = 'wrap';
    wrap.tabIndex = 0;
    wrap.append(table);
    d.append(wrap);
    if (rows.length > ROWS + 1) {
      const p = document.createElement('p');
      p.className = 'cap';
      p.textContent = 'The first ' + ROWS + ' of ' + (rows.length - 1) + ' values; the CSV has all.';
      d.append(p);
    }
  }));

  // --- tables ------------------------------------------------------------------------------------------
  const key = (cell) => {
    const v = cell.dataset.v !== undefined ? cell.dataset.v : cell.textContent;
    return v;
  };
  document.querySelectorAll('.tab table').forEach((table) => {
    const body = table.tBodies[0];
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((th, c) => th.querySelector('button').addEventListener('click', () => {
      const up = th.getAttribute('aria-sort') !== 'ascending';
      heads.forEach((h) => h.removeAttribute('aria-sort'));
      th.setAttribute('aria-sort', up ? 'ascending' : 'descending');
      const numeric = th.classList.contains('n');
      const rows = [...body.rows].map((r) => [key(r.cells[c]), r]);
      rows.sort(([a], [b]) => {
        // What is not there comes last, whichever way.
        if (a === '' || b === '') return a === b ? 0 : a === '' ? 1 : -1;
        const d = numeric ? Number(a) - Number(b) : a.localeCompare(b, 'en', { numeric: true });
        return up ? d : -d;
      });
      body.append(...rows.map(([, r]) => r));
    }));
    const box = table.closest('.tab').querySelector('input');
    const count = table.closest('.tab').querySelector('.hits');
    if (!box) return;
    const names = heads.map((h) => h.querySelector('button').textContent.toLowerCase());
    const tests = (text) => text.toLowerCase().split(/;/).map((t) => t.trim()).filter((t) => t).map((term) => {
      const m = /^(.+?)\s*(<=|>=|<|>|=)\s*(.+)$/.exec(term);
      let c = m ? names.findIndex((n) => n === m[1]) : -1;
      if (m && c < 0) c = names.findIndex((n) => n.startsWith(m[1]));
      if (c < 0) return (r) => r.textContent.toLowerCase().includes(term);
      const v = Number(m[3]);
      return (r) => {
        const k = key(r.cells[c]);
        if (k === '') return false;
        if (m[2] === '=') return k.toLowerCase() === m[3] || (!Number.isNaN(v) && Number(k) === v);
        return { '<': Number(k) < v, '>': Number(k) > v, '<=': Number(k) <= v, '>=': Number(k) >= v }[m[2]];
      };
    });
    box.addEventListener('input', () => {
      const all = tests(box.value);
      let hits = 0;
      for (const r of body.rows) {
        r.hidden = !all.every((t) => t(r));
        if (!r.hidden) hits++;
      }
      count.textContent = box.value ? hits + ' of ' + body.rows.length + ' rows' : '';
    });
  });

  // --- light and dark --------------------------------------------------------------------------------------
  const theme = document.getElementById('theme');
  const names = ['auto', 'light', 'dark'];
  theme.hidden = false;
  theme.addEventListener('click', () => {
    const next = names[(names.indexOf(document.documentElement.dataset.theme || 'auto') + 1) % 3];
    if (next === 'auto') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = next;
    theme.textContent = 'Colours: ' + next;
  });

  // For tests of the page.
  window.scorebound = { csv };
})();

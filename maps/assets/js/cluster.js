// Gathers incidents that would cover each other into one donut; a pass over all of them at each rest of the map.

const CELL = 20;
const MARK = 9;
const REACH = 96;
const ROW = 4194304;

// Gives the groups in view: { members, x, y, count, r } in canvas pixels; members are rows of incidents.
export function gather(incidents, shown, frame, except) {
  const cells = new Map();
  const size = CELL / frame.scale;
  const { x, y } = incidents;
  for (let i = 0; i < incidents.rows; i += 1) {
    if (!shown[i] || i === except) continue;
    if (!(x[i] >= frame.x0 && x[i] <= frame.x1 && y[i] >= frame.y0 && y[i] <= frame.y1)) continue;
    const key = Math.floor(x[i] / size) * ROW + Math.floor(y[i] / size);
    const cell = cells.get(key);
    if (cell === undefined) cells.set(key, { members: [i], sx: x[i], sy: y[i] });
    else {
      cell.members.push(i);
      cell.sx += x[i];
      cell.sy += y[i];
    }
  }
  const groups = [...cells.values()].map((cell) => group([cell.members], cell.sx, cell.sy, frame));
  return settle(groups, frame);
}

function group(parts, sx, sy, frame) {
  const count = parts.reduce((sum, part) => sum + part.length, 0);
  return { parts, sx, sy, count, x: frame.px(sx / count), y: frame.py(sy / count), r: count > 1 ? donutRadius(count) : MARK };
}

// The biggest first, each takes in the smaller ones it would cover, until none covers another.
function settle(groups, frame) {
  let rest = groups;
  for (let pass = 0; pass < 4; pass += 1) {
    const kept = absorb(rest, frame);
    if (kept.length === rest.length) break;
    rest = kept;
  }
  for (const found of rest) found.members = found.parts.length === 1 ? found.parts[0] : found.parts.flat();
  return rest;
}

function absorb(groups, frame) {
  const ordered = [...groups].sort((a, b) => b.count - a.count || a.x - b.x || a.y - b.y);
  const near = new Map();
  const kept = [];
  for (const one of ordered) {
    const column = Math.floor(one.x / REACH);
    const line = Math.floor(one.y / REACH);
    const host = neighbour(near, column, line, one);
    if (host) {
      host.taken.push(one);
      continue;
    }
    one.taken = [];
    kept.push(one);
    const key = column * ROW + line;
    if (near.has(key)) near.get(key).push(one);
    else near.set(key, [one]);
  }
  return kept.map((host) => (host.taken.length ? joined(host, frame) : host));
}

function neighbour(near, column, line, one) {
  for (let dx = -1; dx <= 1; dx += 1) {
    for (let dy = -1; dy <= 1; dy += 1) {
      for (const host of near.get((column + dx) * ROW + line + dy) ?? []) {
        if (Math.hypot(host.x - one.x, host.y - one.y) < (host.r + one.r) * 0.88) return host;
      }
    }
  }
  return null;
}

function joined(host, frame) {
  const all = [host, ...host.taken];
  const sum = (key) => all.reduce((total, one) => total + one[key], 0);
  return group(all.flatMap((one) => one.parts), sum("sx"), sum("sy"), frame);
}

export function donutRadius(count) {
  return Math.min(13 + 6.5 * Math.log10(count), 40);
}

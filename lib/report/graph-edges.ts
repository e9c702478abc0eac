import { Markup, markup } from './markup';
import { Layout, PlacedNode } from './layout';
import { Topology, TopologyEdge } from './topology';

/** The heights at which an edge leaves its two nodes. */
export interface Ports {
  readonly from: number;
  readonly to: number;
}

type Side = 'left' | 'right';

/** The sides of its two nodes that an edge connects. Between two nodes of one column it runs on their left, where there is room. */
function sidesOf(from: PlacedNode, to: PlacedNode): { readonly from: Side; readonly to: Side } {
  return {
    from: from.x < to.x ? 'right' : 'left',
    to: from.x <= to.x ? 'left' : 'right',
  };
}

/** Edges on one side of a node leave it side by side, ordered by their targets. */
export function portsOf({ edges }: Topology, { nodes }: Layout): Ports[] {
  const sides = new Map<string, Array<{ readonly edge: number; readonly other: number }>>();
  const keys = edges.map(({ from, to }, edge) => {
    const [a, b] = [nodes.get(from), nodes.get(to)];
    if (a === undefined || b === undefined) {
      return undefined;
    }
    const side = sidesOf(a, b);
    const own = { from: `${side.from} ${from}`, to: `${side.to} ${to}` };
    for (const [key, other] of [
      [own.from, b],
      [own.to, a],
    ] as const) {
      const at = { edge, other: other.y + other.height / 2 };
      sides.set(key, [...(sides.get(key) ?? []), at]);
    }
    return own;
  });
  const port = (side: string, key: string, edge: number): number => {
    const lines = sides.get(side) ?? [];
    const { y = 0, height = 0 } = nodes.get(key) ?? {};
    const room = Math.min(height - 12, 10 * (lines.length - 1));
    const rank = lines.findIndex((line) => line.edge === edge);
    return y + height / 2 - room / 2 + (lines.length > 1 ? (room * rank) / (lines.length - 1) : 0);
  };
  sides.forEach((lines) => lines.sort((a, b) => a.other - b.other));
  return edges.map(({ from, to }, edge) => ({
    from: port(keys[edge]?.from ?? '', from, edge),
    to: port(keys[edge]?.to ?? '', to, edge),
  }));
}

export function drawEdge(
  { from, to, kind }: TopologyEdge,
  { nodes }: Layout,
  ports?: Ports,
): Markup {
  const [a, b] = [nodes.get(from), nodes.get(to)];
  if (a === undefined || b === undefined || ports === undefined) {
    return markup``;
  }
  const side = sidesOf(a, b);
  const [x1, x2] = [endOf(a, side.from), endOf(b, side.to)];
  const path =
    a.x === b.x ? besides(a, ports.from, ports.to) : across(x1, ports.from, x2, ports.to);
  const reads = kind === 'read' || kind === 'readWrite';
  const colour = ARROWS[kind];
  const start = reads ? markup` marker-start="url(#arrow-${colour})"` : undefined;
  const end = kind === 'read' ? undefined : markup` marker-end="url(#arrow-${colour})"`;
  return markup`<path
    class="edge ${kind}"
    data-from="${from}"
    data-to="${to}"
    d="${path}"
    ${start}${end}
  /> `;
}

const ARROWS: Readonly<Record<TopologyEdge['kind'], string>> = {
  runs: 'runs',
  read: 'read',
  write: 'write',
  readWrite: 'write',
  touch: 'write',
  fails: 'fails',
  tells: 'fails',
};

function endOf({ x, width }: PlacedNode, side: Side): number {
  return side === 'left' ? x : x + width;
}

function across(x1: number, y1: number, x2: number, y2: number): string {
  const bend = (x2 - x1) / 2;
  return `M${x1} ${round(y1)}C${x1 + bend} ${round(y1)} ${x2 - bend} ${round(y2)} ${x2} ${round(y2)}`;
}

function besides({ x, width }: PlacedNode, y1: number, y2: number): string {
  const bend = round(x - Math.min(28, width / 7));
  return `M${x} ${round(y1)}C${bend} ${round(y1)} ${bend} ${round(y2)} ${x} ${round(y2)}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

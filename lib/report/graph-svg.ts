import { Markup, markup } from './markup';
import { COLUMNS, Layout, layoutOf, LINE, PlacedNode } from './layout';
import { NodeKind, Topology, TopologyEdge, TopologyNode } from './topology';

/** Width of a monospaced letter of a node, with room for a font that is wider than most. */
const LETTER = 7.75;
const SMALL_LETTER = 6.8;
const TEXT_X = 38;
const TEXT_END = 10;
const HEADINGS = ['Events', 'Functions', 'Resources and failures'] as const;

/** The headings of the columns are a separate picture, which stays in sight while the graph scrolls below it. */
export function graphHeadings(): Markup {
  const { width } = layoutOf({ nodes: [], edges: [] });
  return markup`<svg
    class="graph-headings"
    viewBox="0 0 ${width} 28"
    width="${width}"
    height="28"
    aria-hidden="true"
  >
    ${COLUMNS.map(({ x }, i) => markup`<text x="${x + 2}" y="18">${HEADINGS[i]}</text>`)}
  </svg>`;
}

/** The graph as a picture. Each node is a `g` with `data-key`; the page’s script adds mouse and keyboard control. */
export function graphSvg(topology: Topology, appId: string): Markup {
  const layout = layoutOf(topology);
  const { width, height } = layout;
  const ports = portsOf(topology, layout);
  const functions = topology.nodes.filter(({ kind }) => kind === 'function').length;
  return markup`<svg
    class="graph"
    viewBox="0 0 ${width} ${height}"
    width="${width}"
    height="${height}"
    role="group"
    aria-label="Graph of ${appId}: ${functions} functions, their events, their resources, and where failures go. The table of functions has the same content."
  >
    <defs>${['runs', 'read', 'write', 'fails'].map(marker)}</defs>
    <g class="edges" aria-hidden="true">
      ${topology.edges.map((edge, i) => drawEdge(edge, layout, ports[i]))}
    </g>
    <g class="nodes">${[...layout.nodes.values()].map((placed) => drawNode(placed, topology))}</g>
  </svg>`;
}

/** Icons of 16 by 16 for the nodes, once a page. */
export function graphSymbols(): Markup {
  return markup`<svg class="symbols" width="0" height="0" aria-hidden="true">
    ${Object.entries(SHAPES).map(
      ([kind, shape]) => markup`<symbol id="kind-${kind}" viewBox="0 0 16 16">${shape}</symbol>`,
    )}
  </svg>`;
}

/**
 * Shortens a text to a number of letters. The middle is dropped, because ids differ at their ends. Wide letters, as in Chinese,
 * count twice.
 */
export function shorten(text: string, letters: number): string {
  const all = Array.from(text);
  const size = (of: readonly string[]): number =>
    of.reduce((sum, letter) => sum + sizeOf(letter), 0);
  if (size(all) <= letters) {
    return text;
  }
  const [head, tail] = [all.slice(), [] as string[]];
  // Drops one letter of the middle at a time, from the longer side.
  tail.push(...head.splice(Math.ceil(all.length / 2)));
  while (size(head) + size(tail) + 1 > letters && head.length > 0) {
    if (size(head) > size(tail)) {
      head.pop();
    } else {
      tail.shift();
    }
  }
  return `${head.join('')}…${tail.join('')}`;
}

/**
 * The description of a node for screen readers, which do not see its lines to other nodes. It begins with the visible text, so
 * that voice control can name the node.
 *
 * @param shown the node’s lines as they are drawn
 */
export function describeNode(
  { key, kind, lines }: TopologyNode,
  { nodes, edges }: Topology,
  shown: readonly string[],
): string {
  const name = (of: string): string =>
    nodes.find((node) => node.key === of)?.lines.join(', ') ?? '';
  const list = (verb: string, keys: readonly string[]): string[] =>
    keys.length === 0 ? [] : [`${verb} ${keys.map(name).join('; ')}`];
  const to = (...kinds: ReadonlyArray<TopologyEdge['kind']>): string[] =>
    edges.filter((edge) => edge.from === key && kinds.includes(edge.kind)).map((edge) => edge.to);
  const from = (...kinds: ReadonlyArray<TopologyEdge['kind']>): string[] =>
    edges.filter((edge) => edge.to === key && kinds.includes(edge.kind)).map((edge) => edge.from);
  const parts = [
    ...list('runs', to('runs')),
    ...list('runs on', from('runs')),
    ...list('reads', to('read')),
    ...list('writes', to('write')),
    ...list('reads and writes', to('readWrite')),
    ...list('touches', to('touch')),
    ...list('failures go to', to('fails')),
    ...list('read by', from('read')),
    ...list('written by', from('write')),
    ...list('read and written by', from('readWrite')),
    ...list('touched by', from('touch')),
    ...list('gets failures of', from('fails')),
    ...list('told by', from('tells')),
    ...list('tells', to('tells')),
  ];
  const whole = lines.every((line) => shown.includes(line)) ? '' : ` ${lines.join(', ')}`;
  const what = [`${NAMES[kind]}${whole}`, parts.join('. ')].filter((part) => part !== '');
  return `${shown.join(' ')}. ${what.join(': ')}`;
}

const NAMES: Readonly<Record<NodeKind, string>> = {
  request: 'HTTP request',
  clock: 'Schedule',
  changes: 'Table',
  objects: 'Bucket',
  other: 'Other',
  function: 'Function',
  table: 'Table',
  bucket: 'Bucket',
  queue: 'Queue',
  topic: 'Topic',
  event: 'Event',
  eventBus: 'Event bus',
  failure: 'Failures',
};

const SHAPES: Readonly<Record<NodeKind, Markup>> = {
  request: markup`<circle cx="8" cy="8" r="6" /><path d="M2 8h12M8 2c4 4 4 8 0 12M8 2c-4 4-4 8 0 12" />`,
  clock: markup`<circle cx="8" cy="8" r="6" /><path d="M8 4.5V8l2.5 2" />`,
  changes: markup`<path
    d="M2.5 6a6 6 0 0 1 10.5-1.5M13.5 10A6 6 0 0 1 3 11.5M13.5 1.5v3.2h-3.2M2.5 14.5v-3.2h3.2"
  />`,
  objects: markup`<path d="M8 2v7M5 6.5l3 3 3-3M2.5 10v3.5h11V10" />`,
  other: markup`<path d="M8 1.5 14.5 8 8 14.5 1.5 8z" />`,
  function: markup`<path d="M4 2.5h2.5l5 11H14M7 6.5l-4 7" />`,
  table: markup`<ellipse cx="8" cy="4" rx="5.5" ry="2" /><path
      d="M2.5 4v8c0 1.1 2.5 2 5.5 2s5.5-.9 5.5-2V4M2.5 8c0 1.1 2.5 2 5.5 2s5.5-.9 5.5-2"
    />`,
  bucket: markup`<path d="M2 4h12l-1.6 9.5H3.6zM2 4c0-2.5 12-2.5 12 0" />`,
  queue: markup`<path d="M2 4h3v8H2zM6.5 4h3v8h-3zM11 4h3v8h-3z" />`,
  topic: markup`<path d="M2.5 6.5v3h2.5l5 3.5V3L5 6.5zM12 6a3 3 0 0 1 0 4" />`,
  event: markup`<path d="M9 1.5 3 9h4.5L7 14.5 13 7H8.5z" />`,
  eventBus: markup`<path d="M1.5 8h13M4.5 8V3M8 8v5M11.5 8V3" />`,
  failure: markup`<path d="M8 2 14.5 13.5h-13zM8 6.5v3.5M8 11.7v.3" />`,
};

function marker(kind: string): Markup {
  return markup`<marker
    id="arrow-${kind}"
    class="${kind}"
    viewBox="0 0 8 8"
    refX="7"
    refY="4"
    markerWidth="7"
    markerHeight="7"
    orient="auto-start-reverse"
    ><path d="M0 0.5 8 4 0 7.5z"
  /></marker>`;
}

function drawNode({ node, x, y, width, height }: PlacedNode, topology: Topology): Markup {
  const { key, column, kind, lines, note } = node;
  const room = width - TEXT_X - TEXT_END;
  const drawn = lines.map((line) => shorten(line, Math.floor(room / LETTER)));
  const small = note === undefined ? [] : [shorten(note, Math.floor(room / SMALL_LETTER))];
  const texts = [
    ...drawn.map(
      (line, i) => markup`<text class="line" x="${TEXT_X}" y="${20 + i * LINE}">${line}</text> `,
    ),
    ...small.map(
      (line) =>
        markup`<text class="note" x="${TEXT_X}" y="${19 + lines.length * LINE}">${line}</text> `,
    ),
  ];
  return markup`<g
    class="node ${column} ${kind}"
    data-key="${key}"
    transform="translate(${x} ${y})"
    aria-label="${describeNode(node, topology, [...drawn, ...small])}"
  >
    <title>${[...lines, ...small].join('\n')}</title>
    <rect width="${width}" height="${height}" rx="8" />
    <use href="#kind-${kind}" x="13" y="${height / 2 - 8}" width="16" height="16" />
    ${texts}
  </g> `;
}

/** The heights at which an edge leaves its two nodes. */
interface Ports {
  readonly from: number;
  readonly to: number;
}

/** Edges on one side of a node leave it side by side, ordered by their targets. */
function portsOf({ edges }: Topology, { nodes }: Layout): Ports[] {
  const sides = new Map<string, Array<{ readonly edge: number; readonly other: number }>>();
  const centre = (key: string): number => {
    const placed = nodes.get(key);
    return placed === undefined ? 0 : placed.y + placed.height / 2;
  };
  edges.forEach(({ from, to }, edge) => {
    for (const [side, other] of [
      [`from ${from}`, to],
      [`to ${to}`, from],
    ] as const) {
      sides.set(side, [...(sides.get(side) ?? []), { edge, other: centre(other) }]);
    }
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
    from: port(`from ${from}`, from, edge),
    to: port(`to ${to}`, to, edge),
  }));
}

function drawEdge({ from, to, kind }: TopologyEdge, { nodes }: Layout, ports?: Ports): Markup {
  const [a, b] = [nodes.get(from), nodes.get(to)];
  if (a === undefined || b === undefined || ports === undefined) {
    return markup``;
  }
  const path =
    a.x === b.x
      ? besides(a.x + a.width, ports.from, ports.to)
      : across(a.x + a.width, ports.from, b.x, ports.to);
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

function across(x1: number, y1: number, x2: number, y2: number): string {
  const bend = (x2 - x1) / 2;
  return `M${x1} ${round(y1)}C${x1 + bend} ${round(y1)} ${x2 - bend} ${round(y2)} ${x2} ${round(y2)}`;
}

/** An edge between two nodes of one column runs on their left, where there is room. */
function besides(right: number, y1: number, y2: number): string {
  const x = right - (COLUMNS[2]?.width ?? 0);
  return `M${x} ${round(y1)}C${x - 28} ${round(y1)} ${x - 28} ${round(y2)} ${x} ${round(y2)}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function sizeOf(letter: string): number {
  // Above European scripts letters are about as wide as high.
  return (letter.codePointAt(0) ?? 0) >= 0x1100 ? 2 : 1;
}

import { Markup, markup } from './markup';
import { drawnLines, GraphShape } from './graph-shape';
import { layoutOf, PlacedNode } from './layout';
import { drawEdge, portsOf } from './graph-edges';
import { NodeKind, Topology, TopologyEdge, TopologyNode } from './topology';

/** The headings of the columns are a separate picture, which stays in sight while the graph scrolls below it. */
export function graphHeadings({ name, width, columns }: GraphShape): Markup {
  return markup`<svg
    class="graph-headings ${name}"
    viewBox="0 0 ${width} 28"
    width="${width}"
    height="28"
    aria-hidden="true"
  >
    ${columns.map(({ x, heading }) => markup`<text x="${x + 2}" y="18">${heading}</text>`)}
  </svg>`;
}

/** The graph as a picture. Each node is a `g` with `data-key`; the page’s script adds mouse and keyboard control. */
export function graphSvg(topology: Topology, appId: string, shape: GraphShape): Markup {
  const layout = layoutOf(topology, shape);
  const { width, height } = layout;
  const ports = portsOf(topology, layout);
  const functions = topology.nodes.filter(({ kind }) => kind === 'function').length;
  return markup`<svg
    class="graph ${shape.name}"
    viewBox="0 0 ${width} ${height}"
    width="${width}"
    height="${height}"
    role="group"
    aria-label="Graph of ${appId}: ${functions} functions, their events, their resources, and where failures go. The table of functions has the same content."
  >
    <g class="edges" aria-hidden="true">
      ${topology.edges.map((edge, i) => drawEdge(edge, layout, ports[i]))}
    </g>
    <g class="nodes">${[...layout.nodes.values()].map((placed) => drawNode(placed, topology, shape))}</g>
  </svg>`;
}

/** Icons of 16 by 16 for the nodes, and the arrows of the lines, once per page. */
export function graphSymbols(): Markup {
  return markup`<svg class="symbols" width="0" height="0" aria-hidden="true">
    <defs>${['runs', 'read', 'write', 'fails'].map(marker)}</defs>
    ${Object.entries(SHAPES).map(
      ([kind, shape]) => markup`<symbol id="kind-${kind}" viewBox="0 0 16 16">${shape}</symbol>`,
    )}
  </svg>`;
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
    ...list('gets the failures of', from('fails')),
    ...list('notified by', from('tells')),
    ...list('notifies', to('tells')),
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

function drawNode(
  { node, x, y, width, height }: PlacedNode,
  topology: Topology,
  shape: GraphShape,
): Markup {
  const { key, column, kind, lines } = node;
  const { text, line: step, hasIcons } = shape;
  const drawn = drawnLines(node, shape);
  const texts = [...drawn.lines, ...drawn.notes].map((words, i) => {
    const isNote = i >= drawn.lines.length;
    const y0 = Math.round(step * 1.18) - (isNote ? 1 : 0);
    return markup`<text class="${isNote ? 'note' : 'line'}" x="${text.x}" y="${y0 + i * step}">${words}</text> `;
  });
  const icon = markup`<use href="#kind-${kind}" x="13" y="${height / 2 - 8}" width="16" height="16" />`;
  return markup`<g
    class="node ${column} ${kind}"
    data-key="${key}"
    transform="translate(${x} ${y})"
    aria-label="${describeNode(node, topology, [...drawn.lines, ...drawn.notes])}"
  >
    <title>${[...lines, ...(node.note === undefined ? [] : [node.note])].join('\n')}</title>
    <rect width="${width}" height="${height}" rx="${hasIcons ? 8 : 6}" />
    ${hasIcons ? icon : undefined}
    ${texts}
  </g> `;
}

import { drawnLines, GraphShape } from './graph-shape';
import { MANY, Topology, TopologyNode } from './topology';

/** The position of a node, in units of the picture. */
export interface PlacedNode {
  readonly node: TopologyNode;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly nodes: ReadonlyMap<string, PlacedNode>;
}

const MARGIN = 8;
const WIDE_GAP = 12;
const NARROW_GAP = 6;
const PADDING = 14;
const NARROW_PADDING = 8;
/** After this many rounds the order hardly changes any more, whatever the app. */
const ROUNDS = 12;

/**
 * Places the nodes in three columns. Since the columns are given, two steps of a layered layout remain: the order in each column,
 * by the mean position of the neighbours, and the distances, as near to the neighbours as there is room. Pure, linear in the size
 * of the graph, and deterministic.
 */
export function layoutOf({ nodes, edges }: Topology, shape: GraphShape): Layout {
  const heights = heightsOf(nodes, shape);
  const [events = [], functions = [], resources = []] = shape.columns.map(({ column }) =>
    nodes.filter((node) => node.column === column),
  );
  const all = neighboursIn(nodes, edges);
  // Failure targets are connected with everything and would pull everything towards them.
  const near = neighboursIn(
    nodes,
    edges.filter(({ kind }) => kind !== 'fails' && kind !== 'tells'),
  );
  const centres = new Map<string, number>();
  const order = (
    column: TopologyNode[],
    neighbours: Neighbours,
  ): ((node: TopologyNode) => number) => {
    const wanted = new Map(column.map(({ key }) => [key, mean(neighbours.get(key), centres)]));
    const at = ({ key }: TopologyNode): number => wanted.get(key) ?? centres.get(key) ?? 0;
    column.sort((a, b) => at(a) - at(b));
    return at;
  };
  const gap = functions.length > MANY ? NARROW_GAP : WIDE_GAP;
  const height = stack(functions, gap, centres, heights);
  stack(events, gap, centres, heights);
  scatter(resources, height, centres);
  for (let round = 0; round < ROUNDS; round++) {
    order(resources, all);
    // Positions spread over the whole height; otherwise each round would pull them towards the middle.
    scatter(resources, height, centres);
    order(functions, near);
    stack(functions, gap, centres, heights);
    spread(events, order(events, all), gap, centres, heights);
  }
  spread(resources, order(resources, all), gap, centres, heights);
  spread(functions, order(functions, all), gap, centres, heights);
  spread(events, order(events, all), gap, centres, heights);
  return place([events, functions, resources], centres, heights, shape);
}

type Neighbours = ReadonlyMap<string, readonly string[]>;

function neighboursIn(nodes: readonly TopologyNode[], edges: Topology['edges']): Neighbours {
  const neighbours = new Map<string, string[]>(nodes.map(({ key }) => [key, []]));
  for (const { from, to } of edges) {
    neighbours.get(from)?.push(to);
    neighbours.get(to)?.push(from);
  }
  return neighbours;
}

type Heights = (node: TopologyNode) => number;

function heightsOf(nodes: readonly TopologyNode[], shape: GraphShape): Heights {
  const heights = new Map(
    nodes.map((node) => {
      const { lines, notes } = drawnLines(node, shape);
      const padding = shape.hasIcons ? PADDING : NARROW_PADDING;
      return [node.key, padding + shape.line * (lines.length + notes.length)];
    }),
  );
  return ({ key }) => heights.get(key) ?? 0;
}

/** Stacks nodes in their order and returns the total height. */
function stack(
  column: readonly TopologyNode[],
  gap: number,
  centres: Map<string, number>,
  heightOf: Heights,
): number {
  let y = 0;
  for (const node of column) {
    centres.set(node.key, y + heightOf(node) / 2);
    y += heightOf(node) + gap;
  }
  return y;
}

/** Spreads nodes evenly over the whole height. */
function scatter(
  column: readonly TopologyNode[],
  height: number,
  centres: Map<string, number>,
): void {
  column.forEach(({ key }, i) => {
    centres.set(key, ((i + 0.5) / column.length) * height);
  });
}

/**
 * Gives each node of a column the position that it wants or, if several want the same one, places them side by side around the
 * mean of those positions. (Isotonic regression: neighbours that would overlap move as one block.)
 */
function spread(
  column: readonly TopologyNode[],
  wanted: (node: TopologyNode) => number,
  gap: number,
  centres: Map<string, number>,
  heightOf: Heights,
): void {
  interface Block {
    readonly nodes: TopologyNode[];
    /** The position that each node wants for the top of its block. */
    sum: number;
    height: number;
  }
  const top = ({ sum, nodes }: Block): number => sum / nodes.length;
  const blocks: Block[] = [];
  for (const node of column) {
    const height = heightOf(node) + gap;
    blocks.push({ nodes: [node], sum: wanted(node) - height / 2, height });
    for (;;) {
      const [before, last] = blocks.slice(-2);
      if (before === undefined || last === undefined || top(before) + before.height <= top(last)) {
        break;
      }
      blocks.pop();
      before.sum += last.sum - last.nodes.length * before.height;
      before.height += last.height;
      before.nodes.push(...last.nodes);
    }
  }
  for (const block of blocks) {
    let y = top(block);
    for (const node of block.nodes) {
      const height = heightOf(node) + gap;
      centres.set(node.key, y + height / 2);
      y += height;
    }
  }
}

function mean(
  keys: readonly string[] | undefined,
  centres: ReadonlyMap<string, number>,
): number | undefined {
  const places = (keys ?? []).flatMap((key) => centres.get(key) ?? []);
  return places.length === 0 ? undefined : places.reduce((sum, y) => sum + y, 0) / places.length;
}

function place(
  columns: readonly TopologyNode[][],
  centres: ReadonlyMap<string, number>,
  heightOf: Heights,
  shape: GraphShape,
): Layout {
  const tops = columns.flat().map((node) => (centres.get(node.key) ?? 0) - heightOf(node) / 2);
  const shift = MARGIN - (tops.length === 0 ? 0 : Math.min(...tops));
  const nodes = new Map<string, PlacedNode>();
  let bottom = 0;
  columns.forEach((column, index) => {
    const { x, width } = shape.columns[index] ?? { x: 0, width: 0 };
    for (const node of column) {
      const height = heightOf(node);
      const y = Math.round((centres.get(node.key) ?? 0) - height / 2 + shift);
      nodes.set(node.key, { node, x, y, width, height });
      bottom = Math.max(bottom, y + height);
    }
  });
  return { width: shape.width, height: bottom + MARGIN, nodes };
}

import { FlowInput, SourceInput, WriteInput } from './guard-input';

/** One step of a loop: a function that may write something, and a function that this triggers. */
export interface Step {
  readonly writer: FlowInput;
  /** The construct path of the resource that is written. */
  readonly written: string;
  readonly runs: FlowInput;
}

/** The shortest loop from each function that triggers itself, unless an earlier loop already contains that function. */
export function loopsOf(flows: readonly FlowInput[]): Step[][] {
  const steps = withoutEnds(stepsOf(flows));
  const seen = new Set<FlowInput>();
  return [...steps.keys()].flatMap((flow) => {
    const loop = seen.has(flow) ? undefined : shortestLoop(flow, steps);
    loop?.forEach(({ writer }) => seen.add(writer));
    return loop === undefined ? [] : [loop];
  });
}

/** Matches the functions by the resource that is written, so that unrelated functions are not compared. */
function stepsOf(flows: readonly FlowInput[]): Map<FlowInput, Step[]> {
  const runBy = new Map<string, [FlowInput, SourceInput][]>();
  for (const flow of flows) {
    for (const source of flow.runBy) {
      const known = runBy.get(source.path) ?? [];
      known.push([flow, source]);
      runBy.set(source.path, known);
    }
  }
  return new Map(
    flows.map((writer) => [
      writer,
      writer.writes.flatMap((write) =>
        (runBy.get(write.path) ?? [])
          .filter(([, source]) => reaches(write, source))
          .map(([flow]) => ({ writer, written: write.path, runs: flow })),
      ),
    ]),
  );
}

/** Repeatedly drops functions that trigger no other function. What remains is on a loop, or leads to one. Most apps have nothing left. */
function withoutEnds(steps: ReadonlyMap<FlowInput, Step[]>): Map<FlowInput, Step[]> {
  let left = new Map(steps);
  let still: typeof left;
  do {
    still = left;
    left = new Map(
      [...still]
        .map(([flow, own]) => [flow, own.filter(({ runs }) => still.has(runs))] as const)
        .filter(([, own]) => own.length > 0),
    );
  } while (left.size < still.size);
  return left;
}

/** Breadth first, from a function back to itself. */
function shortestLoop(start: FlowInput, steps: ReadonlyMap<FlowInput, Step[]>): Step[] | undefined {
  const reached = new Set<FlowInput>();
  let ways: Step[][] = [[]];
  while (ways.length > 0) {
    const longer: Step[][] = [];
    for (const way of ways) {
      for (const step of steps.get(way.at(-1)?.runs ?? start) ?? []) {
        if (step.runs === start) {
          return [...way, step];
        }
        if (!reached.has(step.runs)) {
          reached.add(step.runs);
          longer.push([...way, step]);
        }
      }
    }
    ways = longer;
  }
  return undefined;
}

/** Whether a write may cause an event of the source. */
export function reaches(
  { objects: written, events: put }: WriteInput,
  source: SourceInput,
): boolean {
  const { objects: told, events: heard, narrowed } = source;
  if (narrowed || !eventsMeet(put?.detailTypes, heard?.detailTypes)) {
    return false;
  }
  if (told === undefined || written === undefined) {
    return true;
  }
  const ofKind = (told.created && written.puts) || (told.removed && written.deletes);
  return ofKind && keysMeet(written.keys, told.prefix, told.suffix);
}

function eventsMeet(
  put: readonly string[] | undefined,
  heard: readonly string[] | undefined,
): boolean {
  if (heard === undefined) {
    return true;
  }
  return put === undefined ? heard.length > 0 : put.some((one) => heard.includes(one));
}

/** Whether a key may match the pattern, for example `out/*.json`, and have that prefix and suffix. */
export function keysMeet(pattern: string, prefix: string, suffix: string): boolean {
  const star = pattern.search(/[*?]/);
  if (star === -1) {
    return pattern.startsWith(prefix) && pattern.endsWith(suffix);
  }
  const head = pattern.slice(0, star);
  const tail = pattern.slice(Math.max(pattern.lastIndexOf('*'), pattern.lastIndexOf('?')) + 1);
  return (
    (head.startsWith(prefix) || prefix.startsWith(head)) &&
    (tail.endsWith(suffix) || suffix.endsWith(tail))
  );
}

import { fs, path } from '../support/synth';
import { FLOORS, PURE_ROOMS } from './floors';
import { filesBelow, Import, importsBelow, importsOf, ROOT } from './imports';

const imports = [...importsBelow('lib'), ...importsBelow('bin')];
const inLibrary = imports.filter(({ from }) => from.startsWith('lib/'));
const internal = inLibrary.filter(({ to }) => to.startsWith('lib/'));

/** `lib/cost/bill.ts` is in `cost`; `lib/index.ts` is the room `index`. */
function roomOf(file: string): string {
  const [, room = ''] = file.split('/');
  return room.replace(/\.ts$/, '');
}

function floorOf(room: string): number {
  return FLOORS.findIndex((rooms) => rooms.includes(room));
}

function show({ from, to }: Import): string {
  return `${from} imports ${to}`;
}

function isAllowed({ from, to }: Import): boolean {
  const [own, other] = [roomOf(from), roomOf(to)];
  return own === other || floorOf(other) > floorOf(own);
}

test('every folder of lib/ is a room on one floor', () => {
  const rooms = new Set(filesBelow('lib').map(roomOf));
  const placed = FLOORS.flat();

  expect([...rooms].filter((room) => !placed.includes(room))).toEqual([]);
  expect(placed).toHaveLength(new Set(placed).size);
});

test('a file imports from its own room and from lower floors only', () => {
  expect(internal.filter((one) => !isAllowed(one)).map(show)).toEqual([]);
  expect(internal.length).toBeGreaterThan(800);
});

test('lib/ imports nothing of bin/, report/ or test/', () => {
  const outside = inLibrary.filter(({ to }) =>
    /^(bin|report|scripts|test|testing|examples)\//.test(to),
  );

  expect(outside.map(show)).toEqual([]);
});

test('pure rooms import no aws-cdk-lib', () => {
  const impure = inLibrary.filter(
    ({ from, to }) => PURE_ROOMS.includes(roomOf(from)) && /^(aws-cdk-lib|constructs)/.test(to),
  );

  expect(impure.map(show)).toEqual([]);
});

test('a private folder is used only inside its room', () => {
  const foreign = imports.filter(({ from, to }) => {
    const [, owner] = /^((?:lib|bin)\/.*?)private\//.exec(to) ?? [];
    return owner !== undefined && !from.startsWith(owner);
  });

  expect(foreign.map(show)).toEqual([]);
});

test('no files import each other in a cycle', () => {
  expect(cyclesOf(imports)).toEqual([]);
});

test('CONTRIBUTING draws these floors', () => {
  const contributing = fs.readFileSync(path.join(ROOT, 'CONTRIBUTING.md'), 'utf8');
  const [, drawing = ''] = /```rooms\n(.*?)```/s.exec(contributing) ?? [];
  const drawn = drawing
    .trimEnd()
    .split('\n')
    .map((line) => (line.split('  ')[0] ?? '').split(' · ').map((room) => room.trim()));

  expect(drawn).toEqual(FLOORS);
});

describe('the rules detect', () => {
  test.each([
    ['an import of a higher floor', 'lib/cost/bill.ts', "import { x } from '../core/names';"],
    ['a type of a higher floor', 'lib/cost/bill.ts', "import type { x } from '../core/names';"],
    ['an import type', 'lib/cost/bill.ts', "let x: import('../core/names').X;"],
    ['a require', 'lib/cost/bill.ts', "const x = require('../core/names');"],
    ['another room of the floor', 'lib/cost/bill.ts', "export * from '../guard/guard';"],
  ])('%s', (_, from, source) => {
    expect(importsOf(from, source).filter((one) => !isAllowed(one))).toHaveLength(1);
  });

  test('a cycle', () => {
    const circle = [
      { from: 'a', to: 'b' },
      { from: 'b', to: 'c' },
      { from: 'c', to: 'b' },
    ];

    expect(cyclesOf(circle)).toEqual([['b', 'c']]);
  });
});

/** The strongly connected components of more than one file (Tarjan), and files that import themselves. */
function cyclesOf(edges: readonly Import[]): string[][] {
  const next = new Map<string, string[]>();
  for (const { from, to } of edges) {
    next.set(from, [...(next.get(from) ?? []), to]);
  }
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const cycles: string[][] = [];
  const visit = (file: string): void => {
    const at = index.size;
    index.set(file, at);
    low.set(file, at);
    stack.push(file);
    for (const other of next.get(file) ?? []) {
      if (!index.has(other)) {
        visit(other);
        low.set(file, Math.min(low.get(file) as number, low.get(other) as number));
      } else if (stack.includes(other)) {
        low.set(file, Math.min(low.get(file) as number, index.get(other) as number));
      }
    }
    if (low.get(file) === at) {
      const members = stack.splice(stack.indexOf(file));
      if (members.length > 1 || next.get(file)?.includes(file) === true) {
        cycles.push(members.sort());
      }
    }
  };
  for (const file of next.keys()) {
    if (!index.has(file)) {
      visit(file);
    }
  }
  return cycles;
}

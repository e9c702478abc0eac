import { AssetFiles, AssetWriter, fileAt } from '../../lib/bundling/asset-files';
import { bundleAll } from '../../lib/bundling/bundler';
import { hashOf } from '../../lib/bundling/cache-store';
import * as service from '../../lib/bundling/esbuild-service';
import { fs, path, tempFolder } from '../support/synth';

jest.mock('../../lib/bundling/esbuild-service', () => {
  const actual = jest.requireActual<typeof service>('../../lib/bundling/esbuild-service');
  return { ...actual, runBuilds: jest.fn(actual.runBuilds) };
});

const { runBuilds } = jest.requireActual<typeof service>('../../lib/bundling/esbuild-service');
/** The module itself, of which `import *` has a copy that cannot be changed. */
const realFs = jest.requireActual<typeof fs>('node:fs');
const started = jest.mocked(service.runBuilds);
const ENTRY = `import { one } from 'one'; import { own } from './lib/own'; export const handler = async () => [one, own];`;
const OWN = (value: string): string => `export const own = 'own ${value}';`;
const ONE = (value: string): string => `export const one = 'one ${value}';`;
const PACKAGE = '{"name":"one","version":"1.0.0","type":"module","main":"index.js"}';

let root: string;

// Node.js loads a part of it when it is first used, with the functions of that moment, which must not be mocks.
beforeAll(() => {
  fs.rmSync(tempFolder({ a: '' }), { recursive: true });
});

beforeEach(() => {
  process.env.SERVERLESS_APP_CACHE = tempFolder({});
  started.mockReset().mockImplementation(runBuilds);
  root = tempFolder({
    'app/package.json': '{}',
    'app/src/a.ts': ENTRY,
    'app/src/lib/own.ts': OWN('old'),
    'app/src/other/own.ts': OWN('new'),
    'app/node_modules/one/package.json': PACKAGE,
    'app/node_modules/one/index.js': ONE('old'),
    'other_modules/one/package.json': PACKAGE,
    'other_modules/one/index.js': ONE('new'),
    'app2/package.json': '{}',
    'app2/src/a.ts': ENTRY,
    'app2/src/lib/own.ts': OWN('new'),
    'app2/node_modules/one/package.json': PACKAGE,
    'app2/node_modules/one/index.js': ONE('new'),
  });
});

afterEach(() => {
  jest.restoreAllMocks();
});

afterAll(() => {
  process.env.SERVERLESS_APP_CACHE = 'off';
});

function pause(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

function bundle(cache = true): string {
  const app = path.join(root, 'app');
  const request = {
    owner: 'F',
    entry: path.join(app, 'src', 'a.ts'),
    handler: 'handler',
    root: app,
    nodeVersion: '24',
    options: { cache },
  };
  const files = bundleAll([request]).get(request) as AssetFiles;
  for (const { digest, content } of files.values()) {
    expect(digest).toBe(hashOf(content()));
  }
  return [...files.values()].map(({ content }) => Buffer.from(content()).toString()).join('\n');
}

/** Does something when esbuild has read the files for the n-th time, before the bundle is stored. */
function whileBundling(change: () => void, n = 1): void {
  let calls = 0;
  started.mockImplementation((...args) => {
    const answers = runBuilds(...args);
    calls++;
    if (calls === n) {
      change();
    }
    return answers;
  });
}

function move(from: string, to: string): void {
  fs.renameSync(path.join(root, from), path.join(root, to));
}

function swap(a: string, b: string): void {
  move(a, `${a}.away`);
  move(b, a);
  move(`${a}.away`, b);
}

/** Swaps a folder above the project with one that has a newer project in the same place. */
function swapRoot(levels = 1): void {
  const folder = path.join(root, ...Array.from({ length: levels - 1 }, () => '..'));
  const other = `${folder}-other`;
  if (!fs.existsSync(other)) {
    const at = path.join(other, path.relative(folder, root));
    fs.cpSync(root, at, { recursive: true });
    fs.cpSync(path.join(root, 'app2'), path.join(at, 'app'), { recursive: true });
  }
  fs.renameSync(folder, `${folder}-away`);
  fs.renameSync(other, folder);
  fs.renameSync(`${folder}-away`, other);
}

describe('what changed during a synthesis is not stored', () => {
  const changes: ReadonlyArray<[string, () => void]> = [
    [
      'an edit',
      () => {
        fs.writeFileSync(path.join(root, 'app/src/lib/own.ts'), OWN('new'));
      },
    ],
    [
      'a swap of a source folder',
      () => {
        swap('app/src/lib', 'app/src/other');
      },
    ],
    [
      'a swap of node_modules',
      () => {
        swap('app/node_modules', 'other_modules');
      },
    ],
    [
      'a swap of a package',
      () => {
        swap('app/node_modules/one', 'other_modules/one');
      },
    ],
    [
      'a swap of the project',
      () => {
        swap('app', 'app2');
      },
    ],
    [
      'a link in place of a folder',
      () => {
        move('app/src/lib', 'app/src/away');
        fs.symlinkSync(path.join(root, 'app/src/other'), path.join(root, 'app/src/lib'));
      },
    ],
    [
      'a file renamed into place that keeps its times',
      () => {
        move('app/src/other/own.ts', 'app/src/lib/own.ts');
      },
    ],
  ];

  test.each(changes)('%s', (_, change) => {
    pause(60);
    whileBundling(change, 2);
    const before = bundle();
    started.mockImplementation(runBuilds);

    pause(60);
    const after = bundle();

    expect(before).toContain('old');
    expect(after).toBe(bundle(false));
    expect(after).toContain('new');
  });

  test.each<[string, () => void]>([
    [
      'the project',
      () => {
        swap('app', 'app2');
      },
    ],
    [
      'the folder above the project',
      () => {
        swapRoot();
      },
    ],
    [
      'the folder two above it',
      () => {
        swapRoot(2);
      },
    ],
  ])('%s, a folder at or above the root, that is swapped away and back', (_, swapOnce) => {
    const deep = path.join(tempFolder({}), 'team', 'work');
    fs.cpSync(root, deep, { recursive: true });
    root = deep;
    pause(60);
    let calls = 0;
    started.mockImplementation((...args) => {
      swapOnce(); // esbuild reads the other folder
      const answers = runBuilds(...args);
      swapOnce();
      calls++;
      return answers;
    });
    const during = bundle();
    started.mockImplementation(runBuilds);

    expect([during.includes('own new'), calls > 0]).toEqual([true, true]);
    expect(bundle()).toBe(bundle(false));
    expect(bundle()).toContain('own old');
  });

  test('a folder that is swapped back', () => {
    pause(60);
    whileBundling(() => {
      swap('app/src/lib', 'app/src/other');
    });
    swap('app/src/lib', 'app/src/other');
    pause(60);
    const during = bundle(); // of the swapped folder
    started.mockImplementation(runBuilds);

    expect(during).toContain('own new');
    expect(bundle()).toBe(bundle(false));
  });
});

/** Makes `stat` answer for the test's files as another file system would. */
function fakeStat(change: (stat: fs.Stats, file: string) => void): void {
  for (const name of ['statSync', 'lstatSync'] as const) {
    const actual = realFs[name] as (...args: unknown[]) => fs.Stats | undefined;
    jest.spyOn(realFs, name).mockImplementation((...args: unknown[]) => {
      const stat = actual(...args);
      if (stat !== undefined) {
        change(stat, String(args[0]));
      }
      return stat;
    });
  }
}

test.each([-2000, 2000])('a file system whose clock is %d ms off the machine’s', (offset) => {
  pause(60);
  fakeStat((stat) => {
    stat.ctimeMs += offset;
    stat.mtimeMs += offset;
  });
  whileBundling(() => {
    fs.writeFileSync(path.join(root, 'app/src/lib/own.ts'), OWN('new'));
  });
  bundle();
  started.mockImplementation(runBuilds);

  expect(bundle()).toContain('own new');
  pause(60);
  bundle();
  started.mockClear();
  expect(bundle()).toContain('own new');
  expect(started).not.toHaveBeenCalled(); // the cache works there as well
});

test('a file system whose clock cannot be read stores nothing that changed within the last hour', () => {
  fakeStat((stat, file) => {
    if (file.startsWith(root)) {
      stat.dev = 4711;
      stat.ctimeMs -= 30_000;
      stat.mtimeMs -= 30_000;
    }
  });
  whileBundling(() => {
    fs.writeFileSync(path.join(root, 'app/src/lib/own.ts'), OWN('new'));
  });
  bundle();
  started.mockImplementation(runBuilds);

  expect(bundle()).toContain('own new');
});

test('images with fixed times are compared by content', () => {
  fakeStat((stat, file) => {
    if (file.startsWith(root)) {
      Object.assign(stat, { ino: file.length, ctimeMs: 1e12, mtimeMs: 1e12 });
    }
  });
  bundle();
  started.mockClear();
  bundle();
  expect(started).not.toHaveBeenCalled();

  fs.writeFileSync(path.join(root, 'app/src/lib/own.ts'), OWN('new'));
  fs.writeFileSync(path.join(root, 'app/node_modules/one/index.js'), ONE('new'));

  expect(bundle()).toBe(bundle(false));
});

test('a read-only file system is compared by content, whatever its times', () => {
  fakeStat((stat, file) => {
    if (file.startsWith(root)) {
      Object.assign(stat, { dev: 4711, ino: file.length, ctimeMs: 1e12 + 0.5, mtimeMs: 1e12 });
    }
  });
  pause(60);
  bundle();

  fs.writeFileSync(path.join(root, 'app/src/lib/own.ts'), OWN('new'));

  expect(bundle()).toBe(bundle(false));
});

describe('what is served has the hash that it says', () => {
  test('a record with another text is not used, though its own checksum fits', () => {
    pause(60);
    const honest = bundle();
    const folder = path.join(process.env.SERVERLESS_APP_CACHE ?? '', 'v7', 'records');
    let changed = 0;
    for (const name of fs.readdirSync(folder)) {
      const file = path.join(folder, name);
      const [, body = ''] = fs.readFileSync(file, 'utf8').split('\n');
      const other = body.replaceAll('own old', 'own bad');
      changed += other === body ? 0 : 1;
      fs.writeFileSync(file, `${hashOf(other)}\n${other}`);
    }

    expect(changed).toBe(1);
    expect(bundle()).toBe(honest);
  });

  test('a copied file that changes before it is copied is an error', () => {
    const file = path.join(root, 'app/package.json');
    const files = new Map([['package.json', fileAt(file, false)]]);
    fs.writeFileSync(file, '{"changed":true}');

    expect(() => {
      new AssetWriter().write(path.join(root, 'out', 'asset'), files);
    }).toThrow(`${file} changed while it was copied into an asset: synthesize again`);
  });
});

/** More with `SERVERLESS_APP_FUZZ_EDITS=2000`. */
const EDITS = Number(process.env.SERVERLESS_APP_FUZZ_EDITS ?? 100);
const SEED = Number(process.env.SERVERLESS_APP_FUZZ_SEED ?? 1);

/** A generator of numbers from 0 to 1, the same for the same seed (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

test('random edits, swaps and preserved times, before and during a synthesis', () => {
  const next = random(SEED);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(next() * items.length)] as T;
  let version = 100;
  const write = (file: string, text: (value: string) => string, keep: boolean): void => {
    const place = path.join(root, file);
    const { atime, mtime } = fs.statSync(place);
    fs.writeFileSync(place, text(String(version++))); // of the same size
    if (keep) {
      fs.utimesSync(place, atime, mtime);
    }
  };
  const edits: ReadonlyArray<() => void> = [
    () => {
      write(pick(['app', 'app2']) + '/src/lib/own.ts', OWN, next() < 0.5);
    },
    () => {
      write('app/src/other/own.ts', OWN, next() < 0.5);
    },
    () => {
      write(`${pick(['app/node', 'other'])}_modules/one/index.js`, ONE, next() < 0.5);
    },
    () => {
      swap('app/src/lib', 'app/src/other');
    },
    () => {
      swap('app/node_modules', 'other_modules');
    },
    () => {
      swap('app/node_modules/one', 'other_modules/one');
    },
    () => {
      swap('app/node_modules', 'app2/node_modules');
    },
    () => {
      swap('app/src/lib', 'app2/src/lib');
    },
    () => {
      swap('app', 'app2');
    },
    () => {
      swap('app/src', 'app2/src');
    },
  ];
  fs.mkdirSync(path.join(root, 'app2/src/other'));
  fs.writeFileSync(path.join(root, 'app2/src/other/own.ts'), OWN('x'));
  const counts = { steps: 0, edits: 0, during: 0, stored: 0 };
  const edit = (): void => {
    counts.edits++;
    pick(edits)();
  };
  let calls = 500; // of the file system, in the last synthesis
  while (counts.edits < EDITS) {
    counts.steps++;
    if (next() < 0.7) {
      edit();
    }
    pause(pick([0, 0, 60]));
    const moment = next() < 0.6 ? Math.floor(next() * calls) : Infinity;
    calls = atMoment(moment, () => {
      counts.during++;
      edit();
    });
    started.mockClear();

    const warm = bundle();

    counts.stored += started.mock.calls.length === 0 ? 1 : 0;
    expect([counts, warm]).toEqual([counts, bundle(false)]);
  }
  // Else it would prove nothing.
  expect(counts.during).toBeGreaterThan(EDITS * 0.25);
  expect(counts.stored).toBeGreaterThan(counts.steps * 0.2);
}, 3_600_000);

/** What a synthesis asks of the file system; before any of these calls, or of those of esbuild, an edit may happen. */
const CALLS = ['statSync', 'lstatSync', 'readFileSync', 'readdirSync', 'openSync'] as const;

/**
 * Bundles, and does something before the n-th call of the file system or of esbuild.
 *
 * @returns the number of calls
 */
function atMoment(n: number, change: () => void): number {
  let calls = 0;
  let changing = false;
  const count = (): void => {
    if (!changing && calls++ === n) {
      changing = true;
      change();
      changing = false;
    }
  };
  const spies = CALLS.map((name) => {
    const actual = realFs[name] as (...args: unknown[]) => unknown;
    return jest.spyOn(realFs, name).mockImplementation(((...args: unknown[]) => {
      count();
      return actual(...args);
    }) as never);
  });
  started.mockImplementation((...args) => {
    count();
    const answers = runBuilds(...args);
    count();
    return answers;
  });
  try {
    bundle();
  } catch {
    // The edit took away a file that was about to be read.
  }
  spies.forEach((spy) => {
    spy.mockRestore();
  });
  started.mockImplementation(runBuilds);
  return calls;
}

import * as fs from 'node:fs';
import * as path from 'node:path';
import { writeFiles } from '../../support/write-files';
import { Random } from './random';

/** The entries of `app`. */
export const ENTRIES = ['src/a.ts', 'src/b.ts', 'src/c.ts'];

const PACKAGE = (name: string): string =>
  JSON.stringify({ name, version: '1.0.0', type: 'module', main: 'index.js' });
const VALUE = (text: string): string => `export const value = '${text.padEnd(9)}';`;

/** What is in `app` and, with other values, in `next`, so that folders can change places. */
const FILES = [
  'src/lib/own.ts',
  'src/other/own.ts',
  'node_modules/one/index.js',
  'node_modules/two/index.js',
  'node_modules/two/sub.js',
];

const SWAPS: ReadonlyArray<readonly [string, string]> = [
  ['app/src/lib', 'app/src/other'],
  ['app/src/lib', 'next/src/lib'],
  ['app/src', 'next/src'],
  ['app/node_modules', 'next/node_modules'],
  ['app/node_modules/one', 'next/node_modules/one'],
  ['app/node_modules/two', 'next/node_modules/two'],
  ['app/node_modules/two/sub.js', 'next/node_modules/two/sub.js'],
  ['app/src/lib/own.ts', 'app/src/other/own.ts'],
  ['app', 'next'],
];

/** A project of three handlers, and edits as editors, package managers and `git checkout` make them. All texts have one length. */
export class EditedProject {
  private version = 0;

  constructor(
    readonly root: string,
    private readonly random: Random,
  ) {
    for (const app of ['app', 'next']) {
      writeFiles(path.join(root, app), {
        'package.json': '{}',
        'src/a.ts': `import { value } from './lib/own'; export const handler = async () => [value];`,
        'src/b.ts': `import { value } from 'one'; import { value as own } from './lib/own'; export const handler = async () => [value, own];`,
        'src/c.ts': `import { value } from 'one'; import { value as two } from 'two'; import { value as sub } from 'two/sub.js'; export const handler = async () => [value, two, sub];`,
        'node_modules/one/package.json': PACKAGE('one'),
        'node_modules/two/package.json': PACKAGE('two'),
      });
      for (const file of FILES) {
        this.write(path.join(app, file), false);
      }
    }
  }

  /** One edit, and what it was. */
  edit(): string {
    const { random } = this;
    const dice = random.next();
    if (dice < 0.5) {
      const file = path.join(random.pick(['app', 'app', 'next']), random.pick(FILES));
      const keepsTimes = random.next() < 0.4;
      this.write(file, keepsTimes);
      return `wrote ${file}${keepsTimes ? ' with its old times' : ''}`;
    }
    if (dice < 0.65) {
      const file = path.join('app', random.pick(FILES));
      const draft = path.join(this.root, `${file}.draft`);
      fs.writeFileSync(draft, this.text(file));
      fs.renameSync(draft, path.join(this.root, file));
      return `replaced ${file}`;
    }
    const [one, other] = random.pick(SWAPS);
    this.swap(one, other);
    return `swapped ${one} and ${other}`;
  }

  private text(file: string): string {
    return VALUE(`${path.basename(path.dirname(file)).slice(0, 1)}${this.version++}`);
  }

  private write(file: string, keepsTimes: boolean): void {
    const place = path.join(this.root, file);
    const before = fs.statSync(place, { throwIfNoEntry: false });
    fs.mkdirSync(path.dirname(place), { recursive: true });
    fs.writeFileSync(place, this.text(file));
    if (before !== undefined && keepsTimes) {
      fs.utimesSync(place, before.atime, before.mtime);
    }
  }

  private swap(one: string, other: string): void {
    const [a, b] = [path.join(this.root, one), path.join(this.root, other)];
    fs.renameSync(a, `${a}.away`);
    fs.renameSync(b, a);
    fs.renameSync(`${a}.away`, b);
  }
}

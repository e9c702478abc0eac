import { setTimeout as sleep } from 'node:timers/promises';
import { FileWatch } from '../../../bin/dev/watch-files';
import { fs, path, tempFolder } from '../../support/synth';

const watches: FileWatch[] = [];

afterEach(() => {
  watches.splice(0).forEach((watch) => {
    watch.stop();
  });
});

/** A watched project, and the names of the files that it reports from now on. */
function watched(files: Record<string, string>): {
  readonly folder: string;
  readonly file: (name: string) => string;
  readonly reported: () => Promise<string[]>;
  readonly watch: FileWatch;
} {
  const folder = fs.realpathSync(tempFolder(files));
  const seen = new Set<string>();
  const watch = new FileWatch((changed) => {
    changed.forEach((each) => seen.add(path.relative(folder, each)));
  });
  watches.push(watch);
  watch.addTree(folder);
  return {
    folder,
    watch,
    file: (name) => path.join(folder, name),
    reported: async () => {
      await sleep(300);
      const names = [...seen].sort();
      seen.clear();
      return names;
    },
  };
}

test('a folder that is removed and made again is watched again', async () => {
  const { file, reported } = watched({ 'src/a.ts': '1', 'src/deep/b.ts': '1' });
  fs.rmSync(file('src'), { recursive: true });

  expect(await reported()).toEqual(['src/a.ts', 'src/deep/b.ts']);
  fs.mkdirSync(file('src/deep'), { recursive: true });
  fs.writeFileSync(file('src/deep/b.ts'), '22');
  expect(await reported()).toContain('src/deep/b.ts');
  fs.writeFileSync(file('src/deep/b.ts'), '333');
  expect(await reported()).toEqual(['src/deep/b.ts']);
});

test('a folder that is replaced at once is watched again', async () => {
  const { file, reported } = watched({ 'src/deep/b.ts': '1', 'src/c.ts': '1' });
  fs.rmSync(file('src'), { recursive: true });
  fs.mkdirSync(file('src/deep'), { recursive: true });
  fs.writeFileSync(file('src/deep/b.ts'), '22');

  expect(await reported()).toEqual(['src/c.ts', 'src/deep/b.ts']);
  fs.writeFileSync(file('src/deep/b.ts'), '333');
  expect(await reported()).toEqual(['src/deep/b.ts']);
});

test('the files of a new folder are reported, also those that were written before it was watched', async () => {
  const { file, reported } = watched({ 'a.ts': '1' });
  fs.mkdirSync(file('src/deep'), { recursive: true });
  fs.writeFileSync(file('src/deep/b.ts'), '1');

  expect(await reported()).toEqual(['src/deep/b.ts']);
});

test.each([
  ['a folder outside the project', (outside: string) => path.join(outside, 'lib')],
  ['with the folder above it', (outside: string) => outside],
])('%s that is removed and made again is watched again', async (_what, removed) => {
  const { folder, file, reported, watch } = watched({ 'a.ts': '1' });
  const outside = fs.realpathSync(tempFolder({ 'lib/b.ts': '1' }));
  const shared = path.join(outside, 'lib/b.ts');
  const name = path.relative(folder, shared);
  watch.addFiles([shared]);
  fs.rmSync(removed(outside), { recursive: true });
  expect(await reported()).toEqual([name]);
  fs.mkdirSync(path.dirname(shared), { recursive: true });
  fs.writeFileSync(shared, '22');

  expect(await reported()).toEqual([name]);
  fs.writeFileSync(shared, '333');
  expect(await reported()).toEqual([name]);
  fs.writeFileSync(file('a.ts'), '22');
  expect(await reported()).toEqual(['a.ts']);
});

test.each([
  [
    'written',
    (file: string) => {
      fs.writeFileSync(file, '22');
    },
  ],
  [
    'replaced by another file',
    (file: string) => {
      fs.writeFileSync(`${file}.tmp`, '22');
      fs.renameSync(`${file}.tmp`, file);
    },
  ],
  [
    'removed',
    (file: string) => {
      fs.rmSync(file);
    },
  ],
])('a file that is %s is reported', async (_what, change) => {
  const { file, reported } = watched({ 'src/a.ts': '1' });
  change(file('src/a.ts'));

  expect(await reported()).toContain('src/a.ts');
});

test('a file that is only read, and files of packages and of output, are not reported', async () => {
  const { file, reported } = watched({ 'a.ts': '1', 'node_modules/p/i.js': '1', 'dist/a.js': '1' });
  fs.readFileSync(file('a.ts'));
  fs.writeFileSync(file('node_modules/p/i.js'), '22');
  fs.writeFileSync(file('dist/a.js'), '22');

  expect(await reported()).toEqual([]);
});

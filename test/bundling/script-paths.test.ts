import { placesIn } from '../../lib/bundling/script-paths';

/** The paths and modules that a script looks for, each with `…` where more is appended at run time. */
function found(text: string): string[] {
  return placesIn(text)
    .paths.filter((it) => !/^(\.|\.\.|script\.js|)$/.test(it.text) || it.open)
    .map(
      ({ kind, text: it, open }) => `${kind === 'module' ? 'module ' : ''}${it}${open ? '…' : ''}`,
    );
}

test.each([
  ['path.join', `fs.readFileSync(path.join(__dirname, 'data', 'a.afm'))`, ['data/a.afm']],
  ['a call that TypeScript compiled', `(0, node_path_1.join)(__dirname, '../a.txt')`, ['../a.txt']],
  ['a sum', `fs.readFileSync(__dirname + '/data/a.afm', 'utf8')`, ['/data/a.afm']],
  ['a template', 'read(`${__dirname}/data/a.afm`)', ['/data/a.afm']],
  ['a folder and a name', 'read(`${__dirname}/data/${name}.afm`)', ['/data/…']],
  [
    'a name that is appended',
    `join(__dirname, 'locales', name + '.json')`,
    ['locales/.json', 'locales…'],
  ],
  ['a URL', `new URL('./a.wasm', import.meta.url)`, ['a.wasm']],
  ['a URL of a dynamic name', `new URL(name, import.meta.url)`, ['.…']],
  [
    'the folder of a module',
    `const here = path.dirname(fileURLToPath(import.meta.url)); read(join(here, '..', 'bin'))`,
    ['../bin'],
  ],
  [
    'a variable with one of two values',
    `const here = typeof import.meta !== 'undefined' && import.meta.url ? path.dirname(fileURLToPath(import.meta.url)) : __dirname; read(path.join(here, '/../fonts/'))`,
    ['../fonts/'],
  ],
  [
    'the second of two values',
    `const here = isModule ? folderOf(url) : __dirname; read(join(here, 'a.bin'))`,
    ['a.bin'],
  ],
  [
    'a value if there is no other',
    `const here = given ?? __dirname; read(join(here, 'a.bin'))`,
    ['a.bin'],
  ],
  [
    'a variable of a variable',
    `const file = __filename, folder = dirname(file); const data = resolve(folder, 'data'); read(join(data, 'x.bin'));`,
    ['data', 'data/x.bin'],
  ],
  [
    'a variable that is set below its use',
    `function read() { return join(here, 'x.bin'); } const here = __dirname;`,
    ['x.bin'],
  ],
  ['a default', `path.resolve(__dirname, process.env.DATA || '../data/')`, ['../data/', '…']],
  [
    'a require of its own',
    `const require = createRequire(import.meta.url); require('../data/patch.json'); require('mdn-data/x.json');`,
    ['module ../data/patch.json', 'module mdn-data/x.json'],
  ],
  [
    'a require that is used at once',
    `createRequire(import.meta.url)('./a.json')`,
    ['module ./a.json'],
  ],
  ['require.resolve', `require.resolve('./worker.js')`, ['module ./worker.js']],
  [
    'a folder that it returns',
    `exports.folder = () => { return require('path').resolve(__dirname); }`,
    ['…'],
  ],
  ['a folder that it exports', `module.exports = __dirname;`, ['…']],
  ['a worker', `new Worker(new URL('./worker.js', import.meta.url))`, ['worker.js']],
  ['import.meta.dirname', `read(import.meta.dirname + '/a')`, ['/a']],
])('finds %s', (_, text, expected) => {
  expect(found(text)).toEqual(expected);
});

test.each([
  ['a comment', `// join(__dirname, 'a.txt')\n/* __dirname + '/a' */`],
  ['a string', `console.log("join(__dirname, 'a.txt')")`],
  ['a regular expression', `text.replace(/"(__dirname)'/, '').split("/a/")`],
  ['a test', `typeof __dirname === 'string' ? a : b`],
  ['a member', `x = { here: __dirname }; read(join(here, 'a.bin'))`],
  ['another variable', `const a = 1, b = x(y ? z : { c: __dirname }); read(join(a, 'a.bin'))`],
  ['a property', `mock.__dirname + '/a'; ({ __dirname: 1 })`],
  ['another folder', `join(process.cwd(), 'a.txt')`],
  ['what is caught', `try { read(join(__dirname, 'package.json')) } catch { }`],
  ['a comparison', `if (process.argv[1] === __filename) { main('a.txt'); }`],
  ['a log', `debug(__filename, 'a.txt')`],
])('finds nothing in %s', (_, text) => {
  expect(found(text)).toEqual([]);
});

test.each([
  ['at the top', `read(join(__dirname, 'a'));`, false],
  ['in a block', `if (x) { read(join(__dirname, 'a')); }`, false],
  ['in a function', `function f() { read(join(__dirname, 'a')); }`, true],
  ['in a method', `class A { f(x) { if (x) { read(join(__dirname, 'a')); } } }`, true],
  ['in an arrow function', `const f = () => { read(join(__dirname, 'a')); };`, true],
])('says that a path is used %s', (_, text, expected) => {
  expect(placesIn(text).paths.map((it) => it.inFunction)).toEqual([expected]);
});

test.each([
  ['const debug = !module.parent;', true],
  ['if (!module.parent) { main(); }', true],
  ['module.parent && module.parent.filename', false],
  ['!module.parent.loaded', false],
])('%s asks for the parent: %s', (text, expected) => {
  expect(placesIn(text).asksForParent).toBe(expected);
});

import { CodeBlock } from '../support/code-blocks';
import { fs, path } from '../support/synth';

const ROOT = path.join(__dirname, '..', '..');

/** The names that the library exports, as docs/api/index.md lists them. */
const OWN = new Set(
  [...read('docs/api/index.md').matchAll(/^\| \[`(\w+)`\]/gm)].map(([, name]) => name),
);

/** A file for each page of the API reference, which compiles only if each signature fits what the library exports. */
export function signatureFiles(blocks: readonly CodeBlock[]): ReadonlyMap<string, string> {
  const pages = [...new Set(blocks.map(({ page }) => page))];
  return new Map(
    pages.map((page) => {
      const checks = blocks
        .filter((block) => block.page === page)
        .map(checkOf)
        .join('\n');
      return [`${page.replace(/\W/g, '-')}.ts`, `${importsOf(checks)}\n${checks}\nexport {};\n`];
    }),
  );
}

/** It compiles only if the class can be called as the page says. */
function checkOf(block: CodeBlock, i: number): string {
  const code = block.code.trim();
  const owner = ownerOf(block);
  if (code.startsWith('new ')) {
    const parameters = code.slice(`new ${owner}`.length);
    return `export const check${i}: new ${parameters} => ${owner} = ${owner};`;
  }
  const isStatic = code.startsWith(`${owner}.`);
  const method = isStatic ? code.slice(owner.length + 1) : code;
  const name = /^\w+/.exec(method)?.[0];
  const type = isStatic ? `typeof ${owner}` : owner;
  return `export const check${i}: { ${method} } = {} as Pick<${type}, '${name}'>;`;
}

/** The type of the heading above a block: `## ServerlessApp` or `### ServerlessApp.onRequest`. */
function ownerOf({ page, line }: CodeBlock): string {
  const above = read(page).split('\n').slice(0, line).join('\n');
  return [...above.matchAll(/^###? (\w+)/gm)].at(-1)?.[1] ?? '';
}

function importsOf(code: string): string {
  const parts = namesIn(code, /\b([a-z]\w*)\.[A-Z]/g);
  const names = namesIn(code, /(?<![\w.])([A-Z]\w*)/g).filter((name) => !BUILT_IN.test(name));
  const own = names.filter((name) => OWN.has(name));
  const constructs = names.filter((name) => /^I?Construct$/.test(name));
  const core = names.filter((name) => !own.includes(name) && !constructs.includes(name));
  return [
    ...parts.map((part) => `import * as ${part} from 'aws-cdk-lib/aws-${part}';`),
    `import { ${own.join(', ')} } from 'cdk-serverless-app';`,
    `import { ${core.join(', ')} } from 'aws-cdk-lib';`,
    `import { ${constructs.join(', ')} } from 'constructs';`,
  ].join('\n');
}

const BUILT_IN = /^(Array|Record|Pick|Date)$/;

function namesIn(code: string, pattern: RegExp): string[] {
  return [...new Set([...code.matchAll(pattern)].map(([, name = '']) => name))].sort();
}

function read(file: string): string {
  return fs.readFileSync(path.join(ROOT, file), 'utf8');
}

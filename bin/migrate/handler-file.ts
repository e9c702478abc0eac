import * as fs from 'node:fs';
import * as path from 'node:path';

const EXTENSIONS = ['.ts', '.mts', '.cts', '.tsx', '.js', '.mjs', '.cjs', '.jsx'];

export interface HandlerFile {
  /** Relative to the folder of the definition, with `/`. */
  readonly entry: string;
  readonly exportName: string;
  /** The path of the handler in the export, if the export is an object that contains it. */
  readonly inside?: readonly string[];
  readonly exists: boolean;
  /** Whether the file has that export; undefined if the source does not show it. */
  readonly hasExport?: boolean;
}

/** The file and the export that a handler such as `src/orders.create` names. */
export function findHandler(folder: string, code: string, handler: string): HandlerFile {
  const slash = handler.lastIndexOf('/');
  const [base = '', ...rest] = handler.slice(slash + 1).split('.');
  const place = path.posix.join(slashes(code), handler.slice(0, slash + 1));
  const words = rest.length === 0 ? ['handler'] : rest;
  // `src/get.order.handler` is the export `handler` of `src/get.order`, or `handler` in the export `order` of `src/get`.
  for (let size = words.length - 1; size >= 0; size -= 1) {
    const stem = path.posix.join(place, [base, ...words.slice(0, size)].join('.'));
    const found = EXTENSIONS.map((extension) => `${stem}${extension}`).find((file) =>
      fs.existsSync(path.join(folder, file)),
    );
    const [exportName = '', ...inside] = words.slice(size);
    if (found !== undefined) {
      const source = fs.readFileSync(path.join(folder, found), 'utf8');
      return {
        entry: found,
        exportName,
        ...(inside.length > 0 && { inside }),
        exists: true,
        hasExport: exportsName(source, exportName),
      };
    }
  }
  const stem = path.posix.join(place, [base, ...words.slice(0, -1)].join('.'));
  return {
    entry: `${stem}${usualExtension(folder, code)}`,
    exportName: words.at(-1) ?? '',
    exists: false,
  };
}

function usualExtension(folder: string, code: string): string {
  const isTypeScript = [folder, path.join(folder, code)].some((one) =>
    fs.existsSync(path.join(one, 'tsconfig.json')),
  );
  return isTypeScript ? '.ts' : '.js';
}

/** Whether a source exports a name. Undefined if it re-exports another module or a variable. */
export function exportsName(source: string, name: string): boolean | undefined {
  const text = source.replace(/\/\*[\s\S]*?\*\/|(^|\s)\/\/.*$/gm, ' ');
  const word = name.replaceAll('$', '\\$');
  const declared = [
    `export\\s+(?:declare\\s+)?(?:async\\s+)?(?:const|let|var|function\\*?|class)\\s+${word}\\b`,
    `export\\s*\\{[^}]*\\b${word}\\b[^}]*\\}`,
    `(?:module\\.)?exports\\.${word}\\s*=`,
    `exports\\[['"]${word}['"]\\]\\s*=`,
    `module\\.exports\\s*=\\s*\\{[\\s\\S]*?\\b${word}\\b`,
    `export\\s+const\\s*\\{[^}]*\\b${word}\\b[^}]*\\}`,
  ];
  if (name === 'default' && /export\s+default\b/.test(text)) {
    return true;
  }
  if (declared.some((one) => new RegExp(one).test(text))) {
    return true;
  }
  const isOpaque =
    /export\s*\*\s*from|module\.exports\s*=\s*(?!\{)|Object\.assign\((module\.)?exports|export\s*=/.test(
      text,
    );
  return isOpaque ? undefined : false;
}

function slashes(text: string): string {
  return text.split(path.sep).join('/');
}

import * as path from 'node:path';
import type { HandlerFile } from '../../handler-file';

export interface AddedFile {
  /** Relative to the folder of the definition. */
  readonly file: string;
  readonly text: string;
}

/** A file beside the source that exports a handler which is inside an export: Lambda accepts `file.orders.create`, the library only an export. */
export function innerHandler(
  { entry, exportName, inside = [] }: HandlerFile,
  handler: string,
): AddedFile {
  const extension = path.posix.extname(entry);
  const base = path.posix.basename(entry, extension);
  const names = [exportName, ...inside];
  const imported = /^\.[cm]/.test(extension) ? `${base}${extension.replace('t', 'j')}` : base;
  const place = names.map((name) =>
    /^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`,
  );
  return {
    file: path.posix.join(
      path.posix.dirname(entry),
      `${[base, ...names.map((name) => name.replace(/[^\w$-]/g, '_'))].join('.')}${extension.replace('x', '')}`,
    ),
    text: [
      `// The handler ${handler} as an export.`,
      extension === '.cjs'
        ? `exports.handler = require('./${base}${extension}')${place.join('')};`
        : `import * as source from './${imported}';\n\nexport const handler = source${place.join('')};`,
      '',
    ].join('\n'),
  };
}

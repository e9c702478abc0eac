import * as fs from 'node:fs';
import * as path from 'node:path';
import { AssetFile, AssetFiles, fileWith } from './asset-files';
import type { BundleSettings } from './bundle-request';
import { extensionOf, isEsm, mainFile } from './output-names';

/** The name, without the extension, of the bundle of a module whose default export has `fetch`. */
export const WEB_MAIN = 'app';

/** The name of the file that turns the module into a handler. */
const ADAPTER = 'web-handler';

/** The file in the asset that contains the user's code. */
export function codeFile(settings: BundleSettings, files: AssetFiles): string {
  const name = `${WEB_MAIN}${extensionOf(settings)}`;
  return files.has(name) && files.has(`${ADAPTER}${extensionOf(settings)}`)
    ? name
    : mainFile(settings);
}

/** The asset of a module whose default export has `fetch`: its bundle, and a handler that passes requests to it. */
export function withWebHandler(
  settings: BundleSettings,
  bundle: AssetFiles,
  stream: boolean,
): Map<string, AssetFile> {
  const extension = extensionOf(settings);
  const files = new Map(bundle);
  const main = mainFile(settings);
  const code = files.get(main);
  if (code !== undefined) {
    files.set(`${WEB_MAIN}${extension}`, code);
  }
  const text = isEsm(settings)
    ? `import{webHandler}from"./${ADAPTER}${extension}";import*as app from"./${WEB_MAIN}${extension}";` +
      `export const handler=webHandler(app.default,{stream:${String(stream)}});\n`
    : `const{webHandler}=require("./${ADAPTER}${extension}");` +
      `exports.handler=webHandler(require("./${WEB_MAIN}${extension}").default,{stream:${String(stream)}});\n`;
  files.set(main, fileWith(new TextEncoder().encode(text)));
  files.set(`${ADAPTER}${extension}`, fileWith(new TextEncoder().encode(adapterText(settings))));
  return files;
}

const texts = new Map<boolean, string>();

/** The adapter as an ES module or as CommonJS. Lambda's Node.js does not `require` an ES module. */
function adapterText(settings: BundleSettings): string {
  const asEsm = isEsm(settings);
  let text = texts.get(asEsm);
  if (text === undefined) {
    text = fs.readFileSync(path.join(__dirname, `${ADAPTER}.mjs`), 'utf8');
    if (!asEsm) {
      const EXPORT = /export\s*\{\s*(\w+)(?:\s+as\s+webHandler)?\s*\}\s*;?\s*$/;
      text = `"use strict";${text.replace(EXPORT, (_all, name: string) => `exports.webHandler=${name};\n`)}`;
    }
    texts.set(asEsm, text);
  }
  return text;
}

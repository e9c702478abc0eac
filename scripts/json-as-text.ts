import * as fs from 'node:fs';
import type * as esbuild from 'esbuild';

/** Large JSON files become strings that are parsed when they are first needed: Node.js reads a string faster than an object. */
export const jsonAsText: esbuild.Plugin = {
  name: 'json-as-text',
  setup: (build) => {
    build.onLoad({ filter: /(-schema|prices)\.json$/ }, ({ path: file }) => {
      const json = JSON.stringify(JSON.parse(fs.readFileSync(file, 'utf8')));
      return { contents: `module.exports = JSON.parse(${JSON.stringify(json)});` };
    });
  },
};

import * as path from 'node:path';

/** A folder with handlers that tests may name as entries: `ok.ts`, `other.ts`, and so on. */
export const HANDLERS = path.join(__dirname, '..', 'handlers');

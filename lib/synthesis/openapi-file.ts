import * as fs from 'node:fs';
import * as path from 'node:path';
import type { IServerlessApp } from '../core/contract';
import type { AppModel } from '../model/app-model';
import { openApiDocument } from '../openapi/openapi-document';
import { modelFileName } from './model-file';

/** Writes the OpenAPI document of the app's API beside the model, if it has an API. */
export function writeOpenApi(app: IServerlessApp, model: AppModel, outdir: string): void {
  const document = openApiDocument(model);
  if (document !== undefined) {
    const file = modelFileName(app).replace(/\.serverless-app\.json$/, '.openapi.json');
    fs.writeFileSync(path.join(outdir, file), `${JSON.stringify(document, undefined, 2)}\n`);
  }
}

import type { IServerlessApp } from '../core/contract';
import type { AppModel } from '../model/app-model';
import { openApiDocument } from '../openapi/openapi-document';
import { modelFileName } from './model-file';
import { writeAssemblyFile } from '../core/disk';

/** Writes the OpenAPI document of the app's API next to the model, if it has an API. */
export function writeOpenApi(app: IServerlessApp, model: AppModel, outdir: string): void {
  const document = openApiDocument(model);
  if (document !== undefined) {
    const file = modelFileName(app).replace(/\.serverless-app\.json$/, '.openapi.json');
    writeAssemblyFile(outdir, file, `${JSON.stringify(document, undefined, 2)}\n`);
  }
}

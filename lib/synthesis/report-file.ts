import { AppModel } from '../model/app-model';
import { EstimateOptions } from '../estimate/estimate-options';
import { appReport } from './load-report';
import { modelFileName } from './model-file';
import type { IServerlessApp } from '../core/contract';
import { writeAssemblyFile } from '../core/disk';

/** Writes the report next to its model. The same app gives the same page. */
export function writeReport(
  app: IServerlessApp,
  model: AppModel,
  { freeTier }: EstimateOptions,
  outdir: string,
): void {
  const page = appReport().reportHtml({ model, freeTier });
  writeAssemblyFile(outdir, reportFileName(app), page);
}

/** `<stack>.<app>.report.html`, named like the model's file. */
export function reportFileName(app: IServerlessApp): string {
  return modelFileName(app).replace(/\.serverless-app\.json$/, '.report.html');
}

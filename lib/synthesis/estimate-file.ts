import { AppModel } from '../model/app-model';
import { AppEstimate, LEVELS } from '../cost/app-estimate';
import { estimateOf } from '../cost/estimate';
import { EstimateOptions } from '../estimate/estimate-options';
import { formatDollars } from '../model/format-number';
import { modelFileName } from './model-file';
import { ESTIMATE_METADATA } from '../model/model-metadata';
import type { IServerlessApp } from '../core/contract';
import { writeAssemblyFile } from '../core/disk';
import { inform } from '../core/messages';

const PRINT_VARIABLE = 'SERVERLESS_APP_ESTIMATE';

/**
 * Writes the cost estimate next to the model, and reports it: as a table on an interactive stderr or on request, otherwise as a
 * CDK info message, which the CDK CLI prints. A program that the CLI runs has no terminal of its own.
 */
export function writeEstimate(
  app: IServerlessApp,
  model: AppModel,
  { print, freeTier }: EstimateOptions,
  outdir: string,
): void {
  const file = estimateFileName(app);
  const estimate = estimateOf(model, { freeTier });
  writeAssemblyFile(outdir, file, `${JSON.stringify(estimate, undefined, 1)}\n`);
  if (!app.node.metadata.some(({ type }) => type === ESTIMATE_METADATA)) {
    app.node.addMetadata(ESTIMATE_METADATA, file);
  }
  const asked = print ?? askedByEnvironment();
  if (asked === true || (asked === undefined && process.stderr.isTTY)) {
    process.stderr.write(table(estimate, file));
  } else if (asked === undefined) {
    inform(
      app,
      'cdk-serverless-app:estimate',
      `${app.node.path}: ${line(estimate)}; each part in ${file}`,
    );
  }
}

/** `<stack>.<app>.cost.json`, named like the model's file. */
export function estimateFileName(app: IServerlessApp): string {
  return modelFileName(app).replace(/\.serverless-app\.json$/, '.cost.json');
}

function askedByEnvironment(): boolean | undefined {
  const value = process.env[PRINT_VARIABLE];
  if (value === undefined || value === '') {
    return undefined;
  }
  if (value !== 'on' && value !== 'off') {
    throw new Error(
      `\`${PRINT_VARIABLE}\` must be on or off, got "${value}": correct it, or leave it out`,
    );
  }
  return value === 'on';
}

function line({ levels, prices, uncounted }: AppEstimate): string {
  const all = LEVELS.map((level) => `${formatDollars(levels[level].monthlyDollars)} at ${level}`);
  const rest = uncounted.length === 0 ? '' : `; not counted: ${uncounted.join(', ')}`;
  return `costs about ${all.join(', ')} usage a month (prices of ${prices.region}, ${prices.date})${rest}`;
}

/** One line per level, with its largest parts. */
function table({ app, levels, prices, uncounted }: AppEstimate, file: string): string {
  const dollars = LEVELS.map((level) => formatDollars(levels[level].monthlyDollars));
  const width = Math.max(...dollars.map(({ length }) => length));
  const lines = LEVELS.map((level, i) => {
    const greatest = Object.entries(byService(levels[level].parts))
      .sort(([, a], [, b]) => b - a)
      .slice(0, 3)
      .map(([service, sum]) => `${service} ${formatDollars(sum)}`);
    return `  ${level.padEnd(8)}  ${dollars[i]?.padStart(width)}  ${greatest.join(', ')}`;
  });
  return [
    `${app.path}: dollars a month (prices of ${prices.region}, ${prices.date}; ${file})`,
    ...lines,
    ...(uncounted.length === 0 ? [] : [`  not counted: ${uncounted.join(', ')}`]),
    '',
  ].join('\n');
}

function byService(parts: AppEstimate['levels']['low']['parts']): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { service, dollars } of parts) {
    sums[service] = (sums[service] ?? 0) + dollars;
  }
  return sums;
}

import { AspectPriority, Aspects, attachCustomSynthesis } from 'aws-cdk-lib';
import { AppContext } from '../core/app-context';
import { Notices } from '../core/notices';
import { EstimateOptions } from '../estimate/estimate-options';
import { Monitoring } from '../monitoring/monitoring';
import { acknowledgeFindings } from './acknowledgements';
import { completeModel } from './app-info';
import { validateNotEmpty } from './validate-not-empty';
import { BeforeSynthesis } from './before-synthesis';
import { appEstimates } from './load-estimates';
import { appGuards } from './load-guards';
import { addToEnvironmentFile, writeEnvironmentFile } from './environment-file';
import { writeModel } from './model-file';
import { writeOpenApi } from './openapi-file';
import { writeReport } from './report-file';
import type { IServerlessApp } from '../core/contract';

/** The app's props that configure synthesis. */
export interface SynthesisProps {
  readonly acknowledgements?: boolean;
  readonly estimate?: EstimateOptions;
  readonly report?: boolean;
  readonly environmentTypes?: boolean;
}

/** Performs the steps of an app's synthesis in order: creates what is left to create, checks the app, and writes its files. */
export function attachSynthesis(app: IServerlessApp, props: SynthesisProps): void {
  Aspects.of(app).add(new BeforeSynthesis(app), { priority: AspectPriority.READONLY });
  addValidations(app, props);
  if (props.environmentTypes !== false) {
    addToEnvironmentFile(app);
  }
  attachCustomSynthesis(app, {
    onSynthesize: ({ outdir }) => {
      writeFiles(app, props, outdir);
    },
  });
}

function addValidations(app: IServerlessApp, { acknowledgements }: SynthesisProps): void {
  const validations = [
    () => validateNotEmpty(AppContext.of(app)),
    () => Monitoring.of(app).validate(),
    ...(acknowledgements === false ? [] : [() => acknowledgeFindings(app)]),
    () => appGuards().reportFindings(app),
    () => {
      Notices.of(app).report();
      return [];
    },
  ];
  validations.forEach((validate) => {
    app.node.addValidation({ validate });
  });
}

/** Writes the app's model, and the files derived from it. */
function writeFiles(
  app: IServerlessApp,
  { estimate = {}, report }: SynthesisProps,
  outdir: string,
): void {
  const facts = { ...completeModel(app), guards: appGuards().guardsModel(app) };
  const model = writeModel(app, facts, outdir);
  appEstimates().writeEstimate(app, model, estimate, outdir);
  writeOpenApi(app, model, outdir);
  writeEnvironmentFile(app);
  if (report === true) {
    writeReport(app, model, estimate, outdir);
  }
}

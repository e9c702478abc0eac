import { AspectPriority, Aspects, attachCustomSynthesis } from 'aws-cdk-lib';
import type { ServerlessApp } from '../app/serverless-app';
import type { ServerlessAppProps } from '../app/serverless-app-props';
import { acknowledgeFindings } from './acknowledgements';
import { completeModel } from './app-facts';
import { validateNotEmpty } from '../app/app-rules';
import { BeforeSynthesis } from './before-synthesis';
import { appEstimates } from './load-estimates';
import { appGuards } from './load-guards';
import { writeModel } from './model-file';
import { writeReport } from './report-file';

/** Sees to what is left to do, to check and to write when an app is synthesized, in this order. */
export function attachSynthesis(app: ServerlessApp, props: ServerlessAppProps): void {
  Aspects.of(app).add(new BeforeSynthesis(app), { priority: AspectPriority.READONLY });
  addValidations(app, props);
  attachCustomSynthesis(app, {
    onSynthesize: ({ outdir }) => {
      writeFiles(app, props, outdir);
    },
  });
}

function addValidations(app: ServerlessApp, { acknowledgements }: ServerlessAppProps): void {
  const validations = [
    () => validateNotEmpty(app),
    () => app._monitoring.validate(),
    ...(acknowledgements === false ? [] : [() => acknowledgeFindings(app)]),
    () => appGuards().reportFindings(app),
  ];
  validations.forEach((validate) => {
    app.node.addValidation({ validate });
  });
}

/** The app's model, and what follows from it. */
function writeFiles(
  app: ServerlessApp,
  { estimate = {}, report }: ServerlessAppProps,
  outdir: string,
): void {
  const facts = { ...completeModel(app), guards: appGuards().guardsFacts(app) };
  const model = writeModel(app, facts, outdir);
  appEstimates().writeEstimate(app, model, estimate, outdir);
  if (report === true) {
    writeReport(app, model, estimate, outdir);
  }
}

import { Guard } from './guard';

/** `ColdStart` cannot ask for both, but the resources beneath can. */
export const snapStart: Guard = {
  id: 'snap-start',
  severities: ['error'],
  what:
    'A function with snapshots (SnapStart) of which a version or an alias has provisioned concurrency. `coldStart` cannot ask for ' +
    'both; this is for what is set on the CDK’s constructs.',
  why: 'Lambda refuses it, in the middle of a deployment.',
  fix: 'Choose one: `ColdStart.snapStart()` or `ColdStart.provisioned({ … })`.',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html',
  check: ({ functions }) =>
    functions
      .filter(({ snapshots, provisions }) => snapshots && provisions)
      .map(({ id }) => ({
        prop: `functions.${id}.coldStart`,
        function: id,
        rule: 'must be snapshots or provisioned concurrency, not both',
        got: 'both',
        remedy: 'leave out one of the two',
      })),
};

import { Guard } from './guard';

/** `ColdStart` cannot request both, but the underlying resources can. */
export const snapStart: Guard = {
  id: 'snap-start',
  severities: ['error'],
  what: 'A function with SnapStart whose version or alias has provisioned concurrency. `coldStart` cannot request both; this covers settings made on the CDK’s constructs.',
  why: 'Lambda rejects the combination in the middle of a deployment.',
  fix: 'Choose one: `ColdStart.snapStart()` or `ColdStart.provisioned({ … })`.',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html',
  check: ({ functions }) =>
    functions
      .filter(({ snapshots, provisions }) => snapshots && provisions)
      .map(({ id }) => ({
        prop: `functions.${id}.coldStart`,
        function: id,
        rule: 'must use either SnapStart or provisioned concurrency',
        got: 'both',
        remedy: 'remove one of the two',
      })),
};

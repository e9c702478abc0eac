import type { Finding } from '../finding';
import { changesOf, Plan } from '../plan';
import { referencesIn } from '../references';

/** Lambda publishes no second version of an unchanged function, which CloudFormation reports as a failure. */
export function needlessVersions(plan: Plan): Finding[] {
  return changesOf(plan, 'create')
    .filter(({ after }) => after?.type === 'AWS::Lambda::Version')
    .flatMap(({ after }): Finding[] => {
      const [fn] = referencesIn(after?.properties.FunctionName).map(({ $ref }) => $ref);
      const unchanged = fn !== undefined && plan.changes.get(fn)?.action === 'keep';
      const hadOne = [...plan.before.values()].some(
        ({ type, properties }) =>
          type === 'AWS::Lambda::Version' &&
          referencesIn(properties.FunctionName).some(({ $ref }) => $ref === fn),
      );
      return after === undefined || !unchanged || !hadOne
        ? []
        : [
            {
              kind: 'will-fail',
              resource: after.label,
              what: 'is a new version of an unchanged function, which Lambda refuses: “A version for this Lambda function exists”',
              remedy: 'change the function in the same deployment, for example its description',
              source: 'https://github.com/aws/aws-cdk/issues/20177',
            },
          ];
    });
}

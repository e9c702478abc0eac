import { formatNumber } from '../model/format-number';
import { PropCheck, words } from '../props/prop-check';
import { GuardFacts } from './guard-facts';

/** An error ends the synthesis. A warning can be acknowledged. */
export type Severity = 'error' | 'warning';

/** What is said of a guard in the documentation and by `app.guards`. */
export interface GuardText {
  /** The guard's own name, for example `stack-resources`; its whole id is `cdk-serverless-app:stack-resources`. It is contract. */
  readonly id: string;
  /** What its findings are: errors, warnings, or either. */
  readonly severities: readonly Severity[];
  /** What it looks for. */
  readonly what: string;
  /** What happens else. */
  readonly why: string;
  readonly fix: string;
  /** When its warnings may be accepted. Left out where it has none. */
  readonly accept?: string;
  /** Where AWS, or whoever sets the limit, says so. */
  readonly source: string;
}

/** Looks at the facts of an app before it is deployed, and says what AWS would refuse or punish later. Pure: it knows no construct. */
export interface Guard extends GuardText {
  readonly check: (facts: GuardFacts) => Found[];
}

/** What a guard found, without what follows from the guard. */
export interface Found {
  /** Must be given where the guard has both. */
  readonly severity?: Severity;
  /** The prop that the user would change, as a path from the app, for example `functions.Resize.access`. */
  readonly prop: string;
  /** What must be, without its limit: `must leave no stack more resources than it may have`. */
  readonly rule: string;
  /** The limit, where it is a number. */
  readonly quota?: Quota;
  /** What was got, in words: `512 in Shop/Orders`. */
  readonly got: string;
  readonly remedy: string;
  /** The id of the function that it is about, where it is about one: there the warning stands. */
  readonly function?: string;
}

/** What a guard found, ready to be told. */
export interface Finding {
  /** `cdk-serverless-app:<what>`. */
  readonly id: string;
  readonly severity: Severity;
  readonly prop: string;
  readonly message: string;
  readonly function?: string;
}

/** A limit that AWS sets, or that it makes of what the user set. */
export interface Quota {
  /** Whose quota of what, in the plural: `CloudFormation’s quota of resources a stack`; or `what it reserves`. */
  readonly name: string;
  readonly limit: number;
  /** Where AWS says so. */
  readonly source: string;
}

export const ID_PREFIX = 'cdk-serverless-app:';

/** All that a guard has to say of an app. */
export function findingsOf(guard: Guard, facts: GuardFacts): Finding[] {
  return guard.check(facts).map((found) => {
    const { prop, rule, quota, got, remedy } = found;
    const limit =
      quota === undefined
        ? guard.source
        : `${quota.name}: ${formatNumber(quota.limit)}; ${quota.source}`;
    return {
      id: `${ID_PREFIX}${guard.id}`,
      severity: found.severity ?? guard.severities[0] ?? 'warning',
      prop,
      function: found.function,
      message: new PropCheck(facts.app, '').error(prop, `${rule} (${limit})`, words(got), remedy)
        .message,
    };
  });
}

export const CLOUDFORMATION_QUOTAS =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html';
export const HTTP_API_QUOTAS =
  'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html';
export const LAMBDA_QUOTAS =
  'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html';
export const IAM_QUOTAS =
  'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html';

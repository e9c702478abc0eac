import { formatNumber } from '../model/format-number';
import { PropCheck, unquoted } from '../props/prop-check';
import { GuardInput } from './guard-input';

/** An error ends the synthesis. A warning can be acknowledged. */
export type Severity = 'error' | 'warning';

/** What the documentation and `app.guards` say about a guard. */
export interface GuardText {
  /** The guard's own name, for example `stack-resources`; its whole id is `cdk-serverless-app:stack-resources`. It never changes. */
  readonly id: string;
  /** Whether its findings are errors, warnings or both. */
  readonly severities: readonly Severity[];
  /** What it finds. */
  readonly what: string;
  /** What would happen without it. */
  readonly why: string;
  readonly fix: string;
  /** When its warnings may be acknowledged. Absent if it has only errors. */
  readonly accept?: string;
  /** The page that documents the limit. */
  readonly source: string;
}

/** Checks an app before deployment for what AWS would reject, or what would cause trouble later. Pure: it knows no construct. */
export interface Guard extends GuardText {
  readonly check: (input: GuardInput) => Found[];
}

/** A finding before the guard's own id and source are added. */
export interface Found {
  /** Required if the guard has both. */
  readonly severity?: Severity;
  /** The prop that the user would change, as a path from the app, for example `functions.Resize.access`. */
  readonly prop: string;
  /** The rule without its limit: `must not need more resources than a stack may have`. */
  readonly rule: string;
  /** The limit, if it is a number. */
  readonly quota?: Quota;
  /** The actual value in words: `512 in Shop/Orders`. */
  readonly got: string;
  readonly remedy: string;
  /** The id of the function concerned, if any; the warning is attached to it. */
  readonly function?: string;
  /**
   * The part that differs between findings of one rule, as the message writes it: a route. Warnings that differ only in this part
   * become one message.
   */
  readonly detail?: string;
}

/** A finding ready to be reported. */
export interface Finding {
  /** `cdk-serverless-app:<what>`. */
  readonly id: string;
  readonly severity: Severity;
  readonly prop: string;
  readonly message: string;
  readonly function?: string;
  readonly detail?: string;
}

/** A limit set by AWS, or derived from the user's settings. */
export interface Quota {
  /** The quota, with its owner: `CloudFormation’s quota of resources`, or `its reserved concurrency`. */
  readonly name: string;
  readonly limit: number;
  /** The AWS page that documents it. */
  readonly source: string;
}

export const ID_PREFIX = 'cdk-serverless-app:';

/** All findings of a guard in an app. */
export function findingsOf(guard: Guard, input: GuardInput): Finding[] {
  return guard.check(input).map((found) => {
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
      detail: found.detail,
      message: new PropCheck(input.app, '').error(prop, `${rule} (${limit})`, unquoted(got), remedy)
        .message,
    };
  });
}

export const CLOUDFORMATION_QUOTAS =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html';
export const HTTP_API_QUOTAS =
  'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html';
export const REST_API_QUOTAS =
  'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html';
export const LAMBDA_QUOTAS =
  'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html';
export const IAM_QUOTAS =
  'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html';

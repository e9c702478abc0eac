import * as lambda from 'aws-cdk-lib/aws-lambda';
import { PropCheck } from '../../props/prop-check';
import { checkVariableName } from './function-rules';

/** The environment variables of a function, each with its origin: the user, or an access. */
export class FunctionVariables {
  private readonly owners = new Map<string, string>();

  constructor(
    private readonly fn: lambda.Function,
    private readonly check: PropCheck,
    given: Readonly<Record<string, string>> = {},
  ) {
    for (const name of Object.keys(given)) {
      this.owners.set(name, '`environment`');
    }
  }

  /** Sets a variable for a resource. Another resource must not set the same variable. */
  set(name: string, value: string, path: string): void {
    checkVariableName(name, this.check, 'access');
    const owner = this.owners.get(name);
    if (owner !== undefined && owner !== path) {
      throw this.check.error(
        'access',
        `must set \`${name}\` once; ${owner} has set it already`,
        path,
        'name the variable yourself: `Access.read(resource, { environmentVariable: "…" })`',
      );
    }
    if (owner === undefined) {
      this.owners.set(name, path);
      this.fn.addEnvironment(name, value);
    }
  }
}

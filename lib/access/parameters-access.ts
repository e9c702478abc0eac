import { Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { PARAMETERS } from '../core/acknowledged-rules';
import { AccessConfig, AccessLevel, IAccess, IAppFunction } from '../core/contract';
import { FunctionContext } from '../core/function-context';
import { checkProp, checkProps } from '../props/check-props';
import { fullText } from '../props/kinds';
import { ACCESS_PROPS, AccessOptions } from './access-options';
import { variableOf } from './variable-of';

const ACTIONS = ['ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParametersByPath'];

/**
 * Access to the Systems Manager parameters below a path; see `Access.parametersByPath`.
 *
 * @internal
 */
export class ParametersAccess implements IAccess {
  constructor(
    private readonly path: string,
    private readonly options: AccessOptions,
  ) {}

  public bind(fn: IAppFunction): AccessConfig {
    const check = FunctionContext.of(fn).check.at('access');
    const { path } = this;
    checkProp(path, 'path', fullText().required(), check);
    checkProps(this.options, ACCESS_PROPS, check);
    const isToken = Token.isUnresolved(path);
    if (!isToken && !/^(\/[\w.-]+){1,15}$/.test(path)) {
      throw check.error(
        'path',
        'must be a path of up to 15 levels, each of letters, digits, `.`, `-` and `_`',
        path,
        'write it with a leading slash and no trailing slash: `/shop/production`',
      );
    }
    const { environmentVariable, setEnvironmentVariable = true } = this.options;
    if (isToken && environmentVariable === undefined && setEnvironmentVariable) {
      throw check.error(
        'environmentVariable',
        'must be given for a path that is known only at deployment',
        undefined,
        'name it, for example `{ environmentVariable: "PARAMETER_PATH" }`',
      );
    }
    const arn = Stack.of(fn.app).formatArn({
      service: 'ssm',
      resource: `parameter${path}`,
    });
    iam.Grant.addToPrincipal({
      grantee: fn,
      actions: ACTIONS,
      resourceArns: [arn, `${arn}/*`],
    });
    FunctionContext.of(fn).wildcards.set(`${arn}/*`, PARAMETERS);
    return {
      kind: 'parameterPath',
      path,
      level: AccessLevel.READ,
      ...variableOf(this.options, () => nameOf(path), path, check),
    };
  }
}

/** `/shop/production` gives `SHOP_PRODUCTION_PARAMETERS_PATH`. */
function nameOf(path: string): string {
  const words = path.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  const name = [...words, 'PARAMETERS', 'PATH'].join('_').toUpperCase();
  return /^[A-Z]/.test(name) ? name : `R${name}`;
}

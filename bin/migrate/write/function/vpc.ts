import type { Settings } from '../../model';
import { call, code, object, statement } from '../print';
import { Scope } from '../scope';
import { listNode } from '../values';

export function vpcLines(vpc: Settings['vpc'], name: string, scope: Scope): string[] {
  if (vpc === undefined) {
    return [];
  }
  scope.needsVpc = true;
  return [
    statement(
      '',
      call('connect', [
        code(name),
        object({
          securityGroupIds: listNode(vpc.securityGroups, scope),
          subnetIds: listNode(vpc.subnets, scope),
        }),
      ]),
    ),
  ];
}

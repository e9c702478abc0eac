import type { DomainModel, Note } from '../model';
import { flagOf, listOf, mapOf, ValueMap } from '../value';

export function domainOf(document: ValueMap, note: (note: Note) => void): DomainModel | undefined {
  const custom = mapOf(document.custom);
  const given = mapOf(listOf(custom.customDomain)[0] ?? listOf(custom.customDomains)[0]);
  const domain = [given, mapOf(given.rest), mapOf(given.http)].find(
    (one) => one.domainName !== undefined,
  );
  if (domain === undefined || flagOf(domain.enabled) === false) {
    return undefined;
  }
  if (listOf(custom.customDomains).length > 1) {
    note({
      kind: 'lost',
      at: 'custom.customDomains',
      text: 'the app uses only the first of several domains',
    });
  }
  return {
    name: domain.domainName,
    path: domain.basePath === '' || domain.basePath === '(none)' ? undefined : domain.basePath,
    certificate: domain.certificateArn,
    hostedZone: domain.hostedZoneId,
  };
}

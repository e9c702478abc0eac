import { routeShape } from '../../../../lib/model/route-shape';
import type { EventOf } from '../../model';
import { NotCarried, Scope } from '../scope';
import { routeOf } from '../trigger/http-options';

/** An app has one API. A route that another function has, in another API of the definition, cannot be in it. */
export function claimRoute({ route }: EventOf<'http'>, owner: string, scope: Scope): void {
  const shape = routeShape(routeOf(route));
  const other = scope.routes.get(shape);
  if (other !== undefined) {
    throw new NotCarried(
      other === owner
        ? 'the function has it in another API too, and the app has one API'
        : `${other} has the same route in another API, and an app has one: add the function to a second ServerlessApp`,
    );
  }
  scope.routes.set(shape, owner);
}

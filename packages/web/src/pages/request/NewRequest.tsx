import { useParams } from '@tanstack/react-router';
import { NotHere } from '../NotHere.tsx';
import { AnyForm } from './AnyForm.tsx';
import { EngagementForm } from './EngagementForm.tsx';
import { OrderForm } from './OrderForm.tsx';

/** A new case: two procedures have a form of their own; every other has one that is made of what it asks for. */
export function NewRequest() {
  const procedure = useParams({ strict: false, select: (params) => params.procedure });
  if (procedure === 'eu.epoc') return <OrderForm />;
  if (procedure === 'outsourcing.engagement') return <EngagementForm />;
  return procedure === undefined ? <NotHere /> : <AnyForm procedure={procedure} />;
}

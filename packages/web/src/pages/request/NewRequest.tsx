import { useParams } from '@tanstack/react-router';
import { GenericForm } from '../new/GenericForm.tsx';
import { EngagementForm } from './EngagementForm.tsx';
import { OrderForm } from './OrderForm.tsx';

/** A new case: the two that people open every day have a form of their own; every other one is made from its procedure. */
export function NewRequest() {
  const procedure = useParams({ strict: false, select: (params) => params.procedure }) ?? '';
  if (procedure === 'eu.epoc') return <OrderForm />;
  return procedure === 'outsourcing.engagement' ? <EngagementForm /> : <GenericForm key={procedure} procedure={procedure} />;
}

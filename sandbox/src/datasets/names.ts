/** Words from which invented people are put together. Any likeness to a living person is chance. */
export const FIRST_NAMES = (
  'Adaeze Agnes Aino Alba Amira Anders Anouk Arjun Astrid Aurelio Bao Beatriz Bilal Brigid Camille Chidi Chiara Cormac Dalia Daria Deepa ' +
  'Diego Dorota Elif Emeka Enzo Esther Fatima Filip Freya Gaspard Greta Hakim Hana Henrik Ilse Imani Ines Ivo Jana Joao Jonas Kaito Karim ' +
  'Katja Kofi Laila Lars Leonie Lina Lucia Magda Maren Marek Mariam Mateus Mei Milan Mira Nadia Nikos Noor Nuno Olga Oskar Paloma Pavel ' +
  'Petra Priya Rafael Rania Rosa Ruben Saoirse Selma Sofia Soren Tarek Teresa Tomas Ulla Vera Viktor Wanda Yara Yusuf Zeynep Zofia'
).split(' ');

export const LAST_NAMES = (
  'Aalto Abara Acosta Adeyemi Almeida Andersen Aydin Bakker Barros Becker Benali Berg Bianchi Blanc Bondar Byrne Cardoso Castillo Chandra ' +
  'Chen Cohen Conti Costa Dahl Diallo Dubois Eriksen Esposito Farouk Fernandes Fischer Fontaine Fuchs Gallo Garnier Georgiou Hadad Haugen ' +
  'Heikkinen Horvat Ibrahim Iyer Jansen Jensen Kaplan Keller Kovac Kowal Lambert Larsen Leclerc Lindqvist Lopes Maes Mahmoud Marchetti ' +
  'Martins Mensah Meyer Moreau Moreno Nakamura Novak Nowak Nunes Obi Okafor Olsen Ortega Pereira Petrov Pinto Popescu Rahman Ramos Rossi ' +
  'Sato Schmid Schulz Sousa Svensson Tanaka Teixeira Toth Vargas Vidal Virtanen Vos Weber Wiersma Yilmaz Zanetti Ziegler'
).split(' ');

export const STREETS =
  'Alder Amber Birch Bramble Candle Cedar Chapel Copper Elm Fern Garnet Harbor Hazel Juniper Lantern Linden Maple Meadow Orchard Quarry Rowan Saffron Tanner Willow'.split(
    ' ',
  );

/** [city, state, first three digits of the ZIP code]; some areas are among those with few people. */
export const PLACES: readonly (readonly [string, string, string])[] = [
  ['Albany', 'NY', '122'],
  ['Buffalo', 'NY', '142'],
  ['Boston', 'MA', '021'],
  ['Worcester', 'MA', '016'],
  ['Hartford', 'CT', '061'],
  ['Concord', 'NH', '033'],
  ['Bellows Falls', 'VT', '051'],
  ['Cold River', 'NH', '036'],
  ['Northton', 'VT', '059'],
  ['Yellow Gate', 'WY', '821'],
  ['Cleveland', 'OH', '441'],
  ['Chicago', 'IL', '606'],
  ['Houston', 'TX', '770'],
  ['Phoenix', 'AZ', '850'],
  ['Dry Lake', 'NV', '890'],
  ['Seattle', 'WA', '981'],
];

/** Codes in the form of ICD-10; the order is that of their frequency here. */
export const DIAGNOSES =
  'I10 E11.9 E78.5 M54.5 J06.9 K21.9 F41.1 J45.909 N39.0 F32.9 I25.10 M17.11 E03.9 G43.909 I48.91 N18.3 J44.9 L40.0 C50.911 K50.90 G35 B20 D57.1 E84.0 G10'.split(
    ' ',
  );

export const USER_AGENTS = [
  'SkyMail/8.2 (Android 15)',
  'SkyMail/8.1 (iOS 19.2)',
  'Mozilla/5.0 (X11; Linux x86_64)',
  'Mozilla/5.0 (Windows NT 10.0)',
  'Mozilla/5.0 (Macintosh)',
  'imapsync/2.3',
];
export const PROTOCOLS = ['https', 'imaps', 'https', 'smtps', 'https', 'caldavs'];
export const COUNTRIES = ['IE', 'PT', 'FR', 'DE', 'ES', 'NL', 'PL', 'BR', 'GB', 'US', 'IT', 'BE'];

//! The sellers, goods and prices of the sample data. Every shop is invented.

use outlay_pleo::status::EntrySubFamily;

/// A kind of purchase from which entries are drawn.
#[derive(Debug)]
pub struct ExpenseKind {
    /// Code of the account that it is booked on.
    pub account: &'static str,
    /// Relative frequency among all kinds.
    pub weight: u64,
    /// Whether it is bought online rather than in a shop.
    pub online: bool,
    /// Smallest and largest amount, in euro cents.
    pub cents: (i64, i64),
    /// Fictional merchants.
    pub sellers: &'static [&'static str],
    /// What a person writes after the seller's name; empty for nothing.
    pub notes: &'static [&'static str],
    /// Whether the purchase may have participants.
    pub shared: bool,
}

impl ExpenseKind {
    /// Returns the subfamily of a card payment of this kind.
    pub fn sub_family(&self) -> EntrySubFamily {
        if self.online {
            EntrySubFamily::Online
        } else {
            EntrySubFamily::InStore
        }
    }
}

/// The kinds of purchase with cards and with employees' own money.
pub const PURCHASES: &[ExpenseKind] = &[
    ExpenseKind {
        account: "6010",
        weight: 20,
        online: false,
        cents: (1_150, 19_800),
        sellers: &[
            "Kafé Mølnarr",
            "Bistro Tallerken Ni",
            "The Gilded Turnip",
            "Sjøbod 22",
            "Osteria Filomarca",
        ],
        notes: &[
            "lunch with client",
            "team dinner",
            "coffee before the pitch",
            "working lunch, 4 people",
            "",
        ],
        shared: true,
    },
    ExpenseKind {
        account: "6020",
        weight: 14,
        online: true,
        cents: (2_400, 61_000),
        sellers: &[
            "Norrskena Rail",
            "Blåtog",
            "Fjordair",
            "Westmere Trains",
            "Skywarden Air",
        ],
        notes: &[
            "to the trade fair and back",
            "client visit",
            "flight, changed by a day",
            "season ticket",
            "",
        ],
        shared: false,
    },
    ExpenseKind {
        account: "6021",
        weight: 9,
        online: false,
        cents: (780, 6_400),
        sellers: &["Taxa Nordhavn", "Cabberly", "Hopster Scooters", "Parkline"],
        notes: &[
            "airport to hotel",
            "parking at the site",
            "taxi, last train missed",
            "",
        ],
        shared: false,
    },
    ExpenseKind {
        account: "6022",
        weight: 6,
        online: true,
        cents: (8_900, 48_000),
        sellers: &[
            "Hotel Vesterlund",
            "The Larkspur Inn",
            "Gistihús Norðurljós",
            "Pension Aalborggade",
        ],
        notes: &[
            "two nights, trade fair",
            "one night",
            "three nights with breakfast",
            "",
        ],
        shared: false,
    },
    ExpenseKind {
        account: "6310",
        weight: 18,
        online: true,
        cents: (500, 42_000),
        sellers: &[
            "Pixelhaven",
            "Cloudpasture",
            "Notatkit",
            "Mailfinch",
            "Renderwell",
            "Typefoundry Ek",
        ],
        notes: &[
            "monthly plan, 5 seats",
            "annual licence",
            "extra storage",
            "fonts for the relaunch",
            "",
        ],
        shared: false,
    },
    ExpenseKind {
        account: "6320",
        weight: 9,
        online: true,
        cents: (5_000, 185_000),
        sellers: &[
            "Adlantern",
            "Reachwell Media",
            "Plakatværket",
            "Postbird Print",
        ],
        notes: &["spring campaign", "posters for the fair", "search ads", ""],
        shared: false,
    },
    ExpenseKind {
        account: "6110",
        weight: 12,
        online: false,
        cents: (320, 14_500),
        sellers: &[
            "Papirgaarden",
            "Stapler & Sons",
            "Kontorhjørnet",
            "Inkwell Depot",
        ],
        notes: &[
            "printer paper",
            "envelopes and stamps",
            "whiteboard pens; the good ones",
            "\"urgent\" toner",
            "",
        ],
        shared: false,
    },
    ExpenseKind {
        account: "6120",
        weight: 6,
        online: true,
        cents: (2_900, 164_900),
        sellers: &["Elektronik Bazaren", "Voltmarket", "Kabelkompagniet"],
        notes: &[
            "monitor",
            "two keyboards",
            "replacement charger",
            "test phone",
            "",
        ],
        shared: false,
    },
    ExpenseKind {
        account: "4010",
        weight: 9,
        online: false,
        cents: (1_800, 96_000),
        sellers: &[
            "Trælasten Nord",
            "Boltworks",
            "Stofhuset Linnea",
            "Farvemøllen",
        ],
        notes: &[
            "oak for the prototype",
            "bolts, M6 and M8",
            "felt samples",
            "paint, 12 l",
            "",
        ],
        shared: false,
    },
    ExpenseKind {
        account: "6210",
        weight: 4,
        online: false,
        cents: (4_200, 9_800),
        sellers: &["Tankstedet", "Petrolina", "Ladepunkt"],
        notes: &["van, full tank", "charging", ""],
        shared: false,
    },
    ExpenseKind {
        account: "6030",
        weight: 3,
        online: true,
        cents: (1_500, 12_000),
        sellers: &["Blomsterboden", "Cakewright", "Gaveriet"],
        notes: &[
            "flowers, ten years with us",
            "cake for the release",
            "client gift",
            "",
        ],
        shared: true,
    },
];

/// Fictional suppliers that send invoices.
pub const SUPPLIERS: &[&str] = &[
    "Advokatkontoret Lyng & Mose",
    "Ejendomsselskabet Kajen",
    "Revision Himmerbo",
    "Elvarme Forsyning Vest",
    "Halgrove Insurance Brokers",
    "Teleselskabet Tråd",
    "Cleanwright Services",
    "Fragtgården",
];

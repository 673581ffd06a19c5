//! The names and titles of the people. All of them are invented.

/// The Danish company's 22.
pub const DANISH: &[[&str; 3]] = &[
    ["Runa", "Falk", "Head of Finance"],
    ["Asger", "Brinkholt", "Managing Director"],
    ["Ditte", "Søe", "Creative Director"],
    ["Malthe", "Krogsgaard", "Account Manager"],
    ["Freja", "Lindal", "Account Manager"],
    ["Sylvester", "Ravn", "Industrial Designer"],
    ["Ingrid", "Holmsted", "Industrial Designer"],
    ["Tobias", "Enggaard", "Workshop Lead"],
    ["Karoline", "Møllebæk", "Buyer"],
    ["Jeppe", "Vestrup", "Logistics Coordinator"],
    ["Nanna", "Bjerrely", "Marketing Manager"],
    ["Oskar", "Thuesager", "Copywriter"],
    ["Signe", "Rosenvang", "Photographer"],
    ["Villads", "Hedeskov", "Software Developer"],
    ["Amalie", "Strandby", "Software Developer"],
    ["Gorm", "Kildevæld", "Electrician"],
    ["Thyra", "Nørrevang", "Office Manager"],
    ["Emil", "Aaskov", "Sales Representative"],
    ["Josefine", "Lyngholt", "Sales Representative"],
    ["Bertram", "Østervig", "Sales Representative"],
    ["Liva", "Grønhøj", "Trainee"],
    ["Storm", "Fuglebakke", "Driver"],
];

/// The British company's 13.
pub const BRITISH: &[[&str; 3]] = &[
    ["Imogen", "Tarrowby", "Founder"],
    ["Callum", "Penhaligan", "Producer"],
    ["Priya", "Venkatwell", "Producer"],
    ["Rhys", "Morcambe", "Camera Operator"],
    ["Adaeze", "Okonridge", "Editor"],
    ["Fergus", "Dunlochry", "Sound Recordist"],
    ["Beatrix", "Halloway-Finch", "Art Director"],
    ["Tomasz", "Wrenkowski", "Animator"],
    ["Saoirse", "Kilbreen", "Animator"],
    ["Winston", "Marlgate", "Bookkeeper"],
    ["Leila", "Ashmoor", "Studio Manager"],
    ["Jago", "Trevenning", "Runner"],
    ["Noor", "Castlereach", "Researcher"],
];

/// The five employees of the Icelandic company.
pub const ICELANDIC: &[[&str; 3]] = &[
    ["Sólrún", "Eldjárnsdóttir", "Owner"],
    ["Kári", "Hrafnkelsson", "Guide"],
    ["Bryndís", "Ásbrandsdóttir", "Guide"],
    ["Úlfar", "Steinþórsson", "Driver"],
    ["Hekla", "Vésteinsdóttir", "Bookkeeper"],
];

/// A property of characters that `\p{…}` names: those that the standard library knows, which are the general categories
/// and some binary properties. Scripts are not among them.
enum UnicodeProperty: Sendable {
    case categories(Set<Unicode.GeneralCategory>)
    case any, ascii, alphabetic, lowercase, uppercase, whitespace, emoji, idStart, idContinue

    /// A property by the text between the braces; `nil` where it is not known.
    init?(name: String) {
        var name = Substring(name)
        if let equals = name.firstIndex(of: "=") {
            guard ["General_Category", "gc"].contains(name[..<equals]) else { return nil }
            name = name[name.index(after: equals)...]
        } else if let binary = Self.binary[String(name)] {
            self = binary
            return
        }
        let categories = Self.categories.filter { category in
            category.names.contains { $0 == name } || category.group.contains { $0 == name }
                || (name == "LC" || name == "Cased_Letter") && ["Lu", "Ll", "Lt"].contains(category.names[0])
        }
        guard !categories.isEmpty else { return nil }
        self = .categories(Set(categories.map(\.category)))
    }

    /// Whether a character has the property.
    func contains(_ value: UInt32) -> Bool {
        guard let scalar = Unicode.Scalar(value) else { return false }
        let properties = scalar.properties
        return switch self {
        case .categories(let categories): categories.contains(properties.generalCategory)
        case .any: true
        case .ascii: value < 128
        case .alphabetic: properties.isAlphabetic
        case .lowercase: properties.isLowercase
        case .uppercase: properties.isUppercase
        case .whitespace: properties.isWhitespace
        case .emoji: properties.isEmoji
        case .idStart: properties.isIDStart
        case .idContinue: properties.isIDContinue
        }
    }

    private static let binary: [String: UnicodeProperty] = [
        "Any": .any, "ASCII": .ascii, "Alphabetic": .alphabetic, "Alpha": .alphabetic, "Lowercase": .lowercase,
        "Lower": .lowercase, "Uppercase": .uppercase, "Upper": .uppercase, "White_Space": .whitespace,
        "space": .whitespace, "Emoji": .emoji, "ID_Start": .idStart, "IDS": .idStart, "ID_Continue": .idContinue,
        "IDC": .idContinue,
    ]

    private struct Category: Sendable {
        let category: Unicode.GeneralCategory
        let names: [String]
        let group: [String]

        init(_ category: Unicode.GeneralCategory, _ names: [String], _ group: [String]) {
            (self.category, self.names, self.group) = (category, names, group)
        }
    }

    /// UAX #44, General_Category Values.
    private static let categories: [Category] = {
        let letter = ["L", "Letter"]
        let mark = ["M", "Mark", "Combining_Mark"]
        let number = ["N", "Number"]
        let punctuation = ["P", "Punctuation", "punct"]
        let symbol = ["S", "Symbol"]
        let separator = ["Z", "Separator"]
        let other = ["C", "Other"]
        return [
            Category(.uppercaseLetter, ["Lu", "Uppercase_Letter"], letter),
            Category(.lowercaseLetter, ["Ll", "Lowercase_Letter"], letter),
            Category(.titlecaseLetter, ["Lt", "Titlecase_Letter"], letter),
            Category(.modifierLetter, ["Lm", "Modifier_Letter"], letter),
            Category(.otherLetter, ["Lo", "Other_Letter"], letter),
            Category(.nonspacingMark, ["Mn", "Nonspacing_Mark"], mark),
            Category(.spacingMark, ["Mc", "Spacing_Mark"], mark),
            Category(.enclosingMark, ["Me", "Enclosing_Mark"], mark),
            Category(.decimalNumber, ["Nd", "Decimal_Number", "digit"], number),
            Category(.letterNumber, ["Nl", "Letter_Number"], number),
            Category(.otherNumber, ["No", "Other_Number"], number),
            Category(.connectorPunctuation, ["Pc", "Connector_Punctuation"], punctuation),
            Category(.dashPunctuation, ["Pd", "Dash_Punctuation"], punctuation),
            Category(.openPunctuation, ["Ps", "Open_Punctuation"], punctuation),
            Category(.closePunctuation, ["Pe", "Close_Punctuation"], punctuation),
            Category(.initialPunctuation, ["Pi", "Initial_Punctuation"], punctuation),
            Category(.finalPunctuation, ["Pf", "Final_Punctuation"], punctuation),
            Category(.otherPunctuation, ["Po", "Other_Punctuation"], punctuation),
            Category(.mathSymbol, ["Sm", "Math_Symbol"], symbol),
            Category(.currencySymbol, ["Sc", "Currency_Symbol"], symbol),
            Category(.modifierSymbol, ["Sk", "Modifier_Symbol"], symbol),
            Category(.otherSymbol, ["So", "Other_Symbol"], symbol),
            Category(.spaceSeparator, ["Zs", "Space_Separator"], separator),
            Category(.lineSeparator, ["Zl", "Line_Separator"], separator),
            Category(.paragraphSeparator, ["Zp", "Paragraph_Separator"], separator),
            Category(.control, ["Cc", "Control", "cntrl"], other),
            Category(.format, ["Cf", "Format"], other),
            Category(.surrogate, ["Cs", "Surrogate"], other),
            Category(.privateUse, ["Co", "Private_Use"], other),
            Category(.unassigned, ["Cn", "Unassigned"], other),
        ]
    }()
}

/// The IRIs that the conversion of JSON-LD to RDF writes itself.
enum Vocabulary {
    static let rdfType = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    static let rdfFirst = "http://www.w3.org/1999/02/22-rdf-syntax-ns#first"
    static let rdfRest = "http://www.w3.org/1999/02/22-rdf-syntax-ns#rest"
    static let rdfNil = "http://www.w3.org/1999/02/22-rdf-syntax-ns#nil"
    static let rdfValue = "http://www.w3.org/1999/02/22-rdf-syntax-ns#value"
    static let rdfLanguage = "http://www.w3.org/1999/02/22-rdf-syntax-ns#language"
    static let rdfDirection = "http://www.w3.org/1999/02/22-rdf-syntax-ns#direction"
    static let rdfJSON = "http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON"
    static let xsdString = "http://www.w3.org/2001/XMLSchema#string"
    static let xsdBoolean = "http://www.w3.org/2001/XMLSchema#boolean"
    static let xsdInteger = "http://www.w3.org/2001/XMLSchema#integer"
    static let xsdDouble = "http://www.w3.org/2001/XMLSchema#double"
    static let i18n = "https://www.w3.org/ns/i18n#"
}

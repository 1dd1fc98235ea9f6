package graph

import "slices"

// Label names what a node is. Every node has exactly one label of this list;
// the stores add "Entity" to each, and "City" to some places.
type Label string

// The labels of the graph, design.md section 3.
const (
	LabelArticle      Label = "Article"
	LabelPlace        Label = "Place"
	LabelInitiative   Label = "Initiative"
	LabelExperience   Label = "Experience"
	LabelPilot        Label = "Pilot"
	LabelLeader       Label = "Leader"
	LabelOrganization Label = "Organization"
	LabelRecognition  Label = "Recognition"
	LabelDocument     Label = "Document"
	LabelFigure       Label = "Figure"
)

// LabelCity is the second label of prefecture- and county-level cities and of
// the four municipalities.
const LabelCity = "City"

// Labels lists all labels in the order in which documentation names them.
func Labels() []Label {
	return []Label{LabelArticle, LabelPlace, LabelInitiative, LabelExperience, LabelPilot,
		LabelLeader, LabelOrganization, LabelRecognition, LabelDocument, LabelFigure}
}

// Predicate names the type of an edge.
type Predicate string

// The edges of the graph, design.md section 3.
const (
	PartOf       Predicate = "PART_OF"
	In           Predicate = "IN"
	LedBy        Predicate = "LED_BY"
	Holds        Predicate = "HOLDS"
	Undertakes   Predicate = "UNDERTAKES"
	Received     Predicate = "RECEIVED"
	GrantedBy    Predicate = "GRANTED_BY"
	Applies      Predicate = "APPLIES"
	OriginatedIn Predicate = "ORIGINATED_IN"
	PromotedTo   Predicate = "PROMOTED_TO"
	LearnedFrom  Predicate = "LEARNED_FROM"
	Issued       Predicate = "ISSUED"
	Measured     Predicate = "MEASURED"
	MentionedIn  Predicate = "MENTIONED_IN"
)

// Kind is the type of a property's value.
type Kind int

// The kinds of property values.
const (
	String Kind = iota
	Integer
	Number
	Boolean
)

// EdgeSchema says between which labels an edge may run and which properties of
// its own it may carry beside those of every claim.
type EdgeSchema struct {
	Predicate Predicate
	From, To  []Label
	Props     map[string]Kind
}

var edgeSchemas = []EdgeSchema{
	{PartOf, []Label{LabelInitiative}, []Label{LabelInitiative}, nil},
	{In, []Label{LabelInitiative, LabelPilot, LabelOrganization}, []Label{LabelPlace},
		map[string]Kind{"since": String, "precision": String, "basis": String}},
	{LedBy, []Label{LabelInitiative}, []Label{LabelOrganization, LabelLeader}, map[string]Kind{"role": String}},
	{Holds, []Label{LabelLeader}, []Label{LabelOrganization, LabelPlace}, map[string]Kind{"title": String}},
	{Undertakes, []Label{LabelPlace, LabelOrganization}, []Label{LabelPilot},
		map[string]Kind{"since": String, "precision": String, "stage": String, "count": Integer, "approx": Boolean}},
	{Received, []Label{LabelInitiative, LabelPlace, LabelOrganization}, []Label{LabelRecognition},
		map[string]Kind{"date": String, "precision": String, "count": Integer, "approx": Boolean}},
	{GrantedBy, []Label{LabelRecognition, LabelPilot}, []Label{LabelOrganization}, nil},
	{Applies, []Label{LabelInitiative}, []Label{LabelExperience},
		map[string]Kind{"since": String, "precision": String, "basis": String}},
	{OriginatedIn, []Label{LabelExperience}, []Label{LabelPlace}, map[string]Kind{"since": String, "precision": String}},
	{PromotedTo, []Label{LabelInitiative, LabelExperience}, []Label{LabelPlace},
		map[string]Kind{"by": String, "date": String, "precision": String}},
	{LearnedFrom, []Label{LabelPlace, LabelOrganization, LabelInitiative}, []Label{LabelPlace, LabelOrganization, LabelExperience},
		map[string]Kind{"how": String, "date": String, "precision": String}},
	{Issued, []Label{LabelPlace, LabelOrganization, LabelInitiative}, []Label{LabelDocument},
		map[string]Kind{"date": String, "precision": String}},
	{Measured, []Label{LabelInitiative, LabelPlace}, []Label{LabelFigure},
		map[string]Kind{"value": Number, "unit": String, "approx": Boolean, "direction": String, "rank": Integer, "period": String}},
}

// EdgeSchemas lists the claim edges, in the order of design.md section 3.
// MENTIONED_IN and the PART_OF edges between places are not claims.
func EdgeSchemas() []EdgeSchema { return edgeSchemas }

// SchemaOf returns the schema of a claim edge; ok is false for MENTIONED_IN and
// for a name that is no predicate.
func SchemaOf(p Predicate) (EdgeSchema, bool) {
	i := slices.IndexFunc(edgeSchemas, func(s EdgeSchema) bool { return s.Predicate == p })
	if i < 0 {
		return EdgeSchema{}, false
	}
	return edgeSchemas[i], true
}

// nodeProps lists the attributes that an article's view gives of a node, by
// label, beside name and aliases. A store keeps of each the value that most
// articles give.
var nodeProps = map[Label]map[string]Kind{
	LabelPlace:        {},
	LabelInitiative:   {"kind": String, "domain": String},
	LabelExperience:   {"domain": String},
	LabelPilot:        {"level": String},
	LabelLeader:       {},
	LabelOrganization: {"kind": String},
	LabelRecognition:  {"kind": String, "level": String},
	LabelDocument:     {"kind": String},
	LabelFigure:       {"unit": String},
}

// NodeProps returns the attributes beside name and aliases that an article may
// give of a node of this label, with their kinds; nil for Article.
func NodeProps(l Label) map[string]Kind { return nodeProps[l] }

// Controlled vocabularies. A value outside its list is refused by Validate.
var (
	// PlaceLevels run from the widest to the narrowest.
	PlaceLevels = []string{"country", "province", "prefecture", "county", "township", "zone", "village"}
	// Precisions of a date: the length of the ISO 8601 string agrees with it.
	Precisions = []string{"day", "month", "year"}
	// Bases of a date: stated in the text, or reported (no later than publication).
	Bases = []string{"stated", "reported"}
	// Statuses of a claim. Only done counts as an adoption.
	Statuses = []string{"done", "planned", "negated"}
	// Stages of a pilot.
	Stages = []string{"applied", "undertaken", "passed"}
	// PilotLevels and RecognitionLevels say who granted.
	PilotLevels       = []string{"national", "provincial", "municipal", "county", "unknown"}
	RecognitionLevels = []string{"national", "provincial", "municipal", "other"}
	// RecognitionKinds, InitiativeKinds, OrganizationKinds, DocumentKinds and Domains
	// classify nodes; the words are those of the annotation guidelines.
	RecognitionKinds  = []string{"award", "ranking", "case", "commendation", "promotion", "publication", "endorsement", "evaluation"}
	InitiativeKinds   = []string{"brand", "mechanism", "campaign", "project", "platform", "method", "model", "reform", "scheme", "policy", "plan", "slogan"}
	OrganizationKinds = []string{"party", "government", "enterprise", "media", "thinktank", "association", "other"}
	DocumentKinds     = []string{"policy", "regulation", "plan", "periodical", "other"}
	Domains           = []string{"economy", "governance", "livelihood", "party", "rule_of_law", "culture", "ecology", "rural", "urban",
		"business_environment", "technology", "education", "health", "finance", "opening_up", "soe", "other"}
	// Directions of a figure.
	Directions = []string{"up", "down", "level"}
	// Scripts of an article.
	Scripts = []string{"simplified", "traditional"}
)

using Item = Escalation.Core.Reporting.RecordItem;

namespace Escalation.Core.Reporting;

/// <summary>
/// The forms of the five procedures. Headings follow the published appendices; where a text names a form and prints
/// none (Surrey's standard form, Sefton's log and report), or names none (Berkshire West), the headings follow what the
/// text asks to be recorded.
/// </summary>
public static class RecordForms
{
    private static readonly RecordSection Signature = Section(
        "",
        ("Signature", Item.Blank),
        ("Date", Item.Blank),
        ("Job title or role", Item.Blank)
    );

    private static readonly RecordForm SuffolkProforma = new(
        "Professional difference escalation proforma",
        "Appendix 1",
        [
            Section(
                "Child, family or adult",
                ("Name", Item.PersonName),
                ("Date of birth", Item.DateOfBirth),
                ("Address", Item.Address)
            ),
            Section(
                "Escalation",
                ("Agency initiating escalation", Item.AgencyRaising),
                ("Date of initial escalation", Item.DateRaised),
                ("Stage of escalation", Item.StagesReached)
            ),
            Section("Nature of professional difference", ("", Item.Nature)),
            Section("Details of the professional difference and outcome sought", ("", Item.DetailsAndOutcomeSought)),
            Section("Outcome of escalation", ("Outcome", Item.Outcome), ("Actions to be taken", Item.Actions)),
            Section(
                "Additional comments, including any learning identified",
                ("Comments", Item.Comments),
                ("Learning", Item.Lessons)
            ),
            Signature,
        ]
    );

    private static readonly RecordForm SandwellTemplate = new(
        "Multi-agency escalation of safeguarding concern: resolution template",
        "Appendix 3, required from stage 2",
        [
            Section(
                "Child or young person",
                ("Name", Item.PersonName),
                ("Date of birth", Item.DateOfBirth),
                ("Address", Item.Address)
            ),
            Section(
                "Professionals",
                ("Name, email, role and agency of the person escalating a concern", Item.Raiser),
                ("Other professionals involved, with role and agency", Item.Others)
            ),
            Section(
                "Level of need",
                ("Current level of need", Item.CurrentLevelOfNeed),
                ("Perceived level of need", Item.PerceivedLevelOfNeed)
            ),
            Section(
                "The disagreement",
                ("Brief details, including agreed outcomes", Item.DetailsAndOutcomeSought),
                ("Date of discussion or meeting", Item.Discussions),
                ("Methodology used to resolve the conflict", Item.Methodology)
            ),
            Section("Disagreement resolved at", ("Level and date", Item.SettledAt)),
            Section("Lessons learned from this disagreement resolution", ("", Item.Lessons)),
            Section("Further actions taken following the resolution", ("", Item.Actions)),
            Section("", ("Form completed by", Item.Blank), ("Date", Item.Blank)),
            Section(
                "To be completed by the Business Manager",
                ("Date received", Item.ReceivedOn),
                ("Concern referred to the partnership chair, with the reason", Item.ReferredToChair),
                ("Issues referred", Item.IssuesReferred),
                ("Outcome", Item.ReviewOutcome)
            ),
        ]
    );

    private static readonly RecordForm SandwellLog = new(
        "Agency escalation summary log",
        "Appendix 4",
        [
            SummaryColumns(
                "Summary of professional disagreement",
                "Action taken towards reaching a resolution",
                "Outcome of resolution"
            ),
        ],
        Wide: true
    );

    private static readonly RecordForm SurreyForm = new(
        "Escalation form to the Board",
        "Appendix 1 is a form of its own, which the text does not print: "
            + "the headings are what sections 4.3, 6 and the stages ask to be recorded",
        [
            Section(
                "The adult",
                ("Name", Item.PersonName),
                ("Date of birth", Item.DateOfBirth),
                ("Address", Item.Address)
            ),
            Section(
                "The agencies",
                ("Agency raising the concern", Item.AgencyRaising),
                ("Raised by", Item.Raiser),
                ("Agency whose decision is challenged", Item.AgenciesAnswering),
                ("Case numbers", Item.CaseNumbers),
                ("Date the concern was raised", Item.DateRaised)
            ),
            Section("Area of disagreement", ("", Item.Nature)),
            Section(
                "Details",
                ("The disagreement", Item.Details),
                ("Evidence", Item.Evidence),
                ("Outcome sought", Item.OutcomeSought),
                ("Supporting papers", Item.Supporting)
            ),
            Section(
                "Stages followed",
                ("Stages", Item.StagesReached),
                ("What was discussed at each", Item.Discussions)
            ),
            Section(
                "Agreed outcome",
                ("Outcome", Item.Outcome),
                ("How outstanding issues will be pursued", Item.Outstanding),
                ("Actions", Item.Actions)
            ),
            Section(
                "Learning and general issues, for the Policy and Procedure subgroup",
                ("", Item.Lessons),
                ("Debrief and comments", Item.Comments)
            ),
            Signature,
        ]
    );

    private static readonly RecordForm SurreyRiskForm = new(
        "Risk escalation to the Board manager",
        "Section 7 prints no form: the headings are what it asks the meeting to establish",
        [
            Section(
                "The adult",
                ("Name", Item.PersonName),
                ("Date of birth", Item.DateOfBirth),
                ("Address", Item.Address)
            ),
            Section(
                "The agencies",
                ("Agency raising the risk", Item.AgencyRaising),
                ("Agencies at the meeting", Item.AgenciesAnswering),
                ("Date raised", Item.DateRaised),
                ("Chair of the meeting", Item.Chairs)
            ),
            Section(
                "The risk",
                ("Details", Item.Details),
                ("Actions taken so far", Item.ActionsSoFar),
                ("Level of risk, and audit of the actions", Item.Findings)
            ),
            Section(
                "Communicated to the Board manager",
                ("What was discussed", Item.Discussions),
                ("Outcome: risk register, or further action", Item.Outcome),
                ("Actions", Item.Actions)
            ),
            Signature,
        ]
    );

    private static readonly RecordForm SeftonLog = new(
        "Agency escalation summary log",
        "Appendix 1, for step 2, which the text does not print",
        [SummaryColumns("Summary of disagreement", "Action taken", "Outcome")],
        FromStage: "2",
        Wide: true
    );

    private static readonly RecordForm SeftonReport = new(
        "Report to the partnership",
        "Appendix 2, for steps 3 and 4, which the text does not print: the headings are what the steps ask to be recorded",
        [
            Section(
                "Child or family",
                ("Name", Item.PersonName),
                ("Date of birth", Item.DateOfBirth),
                ("Address", Item.Address)
            ),
            Section(
                "The agencies",
                ("Agency escalating", Item.AgencyRaising),
                ("Raised by", Item.Raiser),
                ("Agency answering", Item.AgenciesAnswering),
                ("Date raised", Item.DateRaised)
            ),
            Section(
                "The concern",
                ("Area", Item.Nature),
                ("Details", Item.Details),
                ("Outcome sought", Item.OutcomeSought),
                ("Concern justified, and meets the purpose of the protocol", Item.Findings)
            ),
            Section(
                "Steps taken",
                ("Steps", Item.StagesReached),
                ("Discussions", Item.Discussions),
                ("Independent chair", Item.Chairs)
            ),
            Section(
                "Resolution",
                ("Outcome", Item.Outcome),
                ("Mutually agreed plan of action, with timescales", Item.Actions)
            ),
            Section("Learning points", ("", Item.Lessons)),
            Signature,
        ],
        FromStage: "3"
    );

    private static readonly RecordForm BerkshireRecord = new(
        "Record of escalation",
        "The text prints no form: the headings are what it asks to be recorded",
        [
            Section(
                "The child",
                ("Name", Item.PersonName),
                ("Date of birth", Item.DateOfBirth),
                ("Address", Item.Address)
            ),
            Section(
                "The agencies",
                ("Agency raising the concern", Item.AgencyRaising),
                ("Raised by", Item.Raiser),
                ("Agency whose decision is challenged", Item.AgenciesAnswering),
                ("Case numbers", Item.CaseNumbers),
                ("Date the concern was raised", Item.DateRaised)
            ),
            Section(
                "The disagreement",
                ("Area", Item.Nature),
                ("What it is about", Item.Details),
                ("Nature and source of the concern", Item.Evidence),
                ("What is to be achieved", Item.OutcomeSought)
            ),
            Section(
                "Stages",
                ("Stages reached", Item.StagesReached),
                ("Discussions held", Item.Discussions),
                ("Chair of the meeting", Item.Chairs)
            ),
            Section(
                "Agreement reached",
                ("Outcome", Item.Outcome),
                ("Actions agreed, and fed back to the managers", Item.Actions)
            ),
            Section(
                "Lessons, and gaps in policies and procedures",
                ("", Item.Lessons),
                ("Debrief and comments", Item.Comments)
            ),
            Signature,
        ]
    );

    private static readonly RecordForm Plain = BerkshireRecord with
    {
        Printed = "The headings are those that the published procedures have in common",
        Sections =
        [
            Section(
                "The person",
                ("Name", Item.PersonName),
                ("Date of birth", Item.DateOfBirth),
                ("Address", Item.Address)
            ),
            .. BerkshireRecord.Sections.Skip(1),
        ],
    };

    /// <summary>A policy's forms in their order. A policy that a partnership added has the plain one.</summary>
    public static IReadOnlyList<RecordForm> For(string policy) =>
        policy switch
        {
            "suffolk" => [SuffolkProforma],
            "suffolk-mash" =>
            [
                SuffolkProforma with
                {
                    Printed = "Appendix 1; the text prints no form of its own for a disagreement with the MASH",
                },
            ],
            "sandwell" => [SandwellTemplate, SandwellLog],
            "surrey-adults" => [SurreyForm],
            "surrey-adults-risk" => [SurreyRiskForm],
            "sefton" => [SeftonLog, SeftonReport],
            "berkshire-west" or "berkshire-west-disagreement" => [BerkshireRecord],
            _ => [Plain],
        };

    private static RecordSection Section(string heading, params IReadOnlyList<(string Label, Item Item)> lines) =>
        new(heading, [.. lines.Select(l => new RecordLine(l.Label, l.Item))]);

    private static RecordSection SummaryColumns(string disagreement, string action, string outcome) =>
        Section(
            "",
            ("Escalation number", Item.Reference),
            ("Name", Item.PersonName),
            ("Date of birth", Item.DateOfBirth),
            ("Age", Item.Age),
            ("Concern", Item.Concern),
            ("Level of need", Item.LevelOfNeed),
            (disagreement, Item.Details),
            (action, Item.ActionTaken),
            (outcome, Item.Outcome)
        );
}

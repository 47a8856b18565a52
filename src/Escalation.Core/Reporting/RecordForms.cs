using Escalation.Core.Cases;
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
        Line("Signature", Item.Blank),
        Line("Date", Item.Blank),
        Line("Job title or role", Item.Blank)
    );

    private static readonly RecordForm SuffolkProforma = new(
        "Professional difference escalation proforma",
        "Appendix 1",
        [
            Section(
                "Child, family or adult",
                Line("Name", Item.PersonName),
                Line("Date of birth", Item.DateOfBirth),
                Line("Address", Item.Address)
            ),
            Section(
                "Escalation",
                Line("Agency initiating escalation", Item.AgencyRaising),
                Line("Date of initial escalation", Item.DateRaised),
                Line("Stage of escalation", Item.StagesReached)
            ),
            Section("Nature of professional difference", Line("", Item.Nature)),
            Section(
                "Details of the professional difference and outcome sought",
                Line("", IntakeText.Concern, IntakeText.Details, IntakeText.OutcomeSought)
            ),
            Section("Outcome of escalation", Line("Outcome", Item.Outcome), Line("Actions to be taken", Item.Actions)),
            Section(
                "Additional comments, including any learning identified",
                Line("Comments", Item.Comments),
                Line("Learning", Item.Lessons)
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
                Line("Name", Item.PersonName),
                Line("Date of birth", Item.DateOfBirth),
                Line("Address", Item.Address)
            ),
            Section(
                "Professionals",
                Line("Name, email, role and agency of the person escalating a concern", Item.Raiser),
                Line("Other professionals involved, with role and agency", Item.Others)
            ),
            Section(
                "Level of need",
                Line("Current level of need", Item.CurrentLevelOfNeed),
                Line("Perceived level of need", Item.PerceivedLevelOfNeed)
            ),
            Section(
                "The disagreement",
                Line("Brief details", IntakeText.Concern, IntakeText.Details, IntakeText.OutcomeSought),
                Line("Agreed outcomes", Item.Agreed),
                Line("Date of discussion or meeting", Item.Discussions),
                Line("Methodology used to resolve the conflict", Item.Methodology)
            ),
            Section("Disagreement resolved at", Line("Level and date", Item.SettledAt)),
            Section("Lessons learned from this disagreement resolution", Line("", Item.Lessons)),
            Section("Further actions taken following the resolution", Line("", Item.Actions)),
            Section("", Line("Form completed by", Item.Blank), Line("Date", Item.Blank)),
            Section(
                "To be completed by the Business Manager",
                Line("Date received", Item.ReceivedOn),
                Line("Concern referred to the partnership chair, with the reason", Item.ReferredToChair),
                Line("Issues referred", Item.IssuesReferred),
                Line("Outcome", Item.ReviewOutcome),
                Line("Attendance and minutes of the stage 4 meeting", Item.Findings)
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
                Line("Name", Item.PersonName),
                Line("Date of birth", Item.DateOfBirth),
                Line("Address", Item.Address)
            ),
            Section(
                "The agencies",
                Line("Agency raising the concern", Item.AgencyRaising),
                Line("Raised by", Item.Raiser),
                Line("Agency whose decision is challenged", Item.AgenciesAnswering),
                Line("Case numbers", Item.CaseNumbers),
                Line("Date the concern was raised", Item.DateRaised)
            ),
            Section("Area of disagreement", Line("", Item.Nature)),
            Section(
                "Details",
                Line("The disagreement", IntakeText.Details),
                Line("Evidence", IntakeText.Evidence),
                Line("Outcome sought", IntakeText.OutcomeSought),
                Line("Supporting papers", Item.Supporting)
            ),
            Section(
                "Stages followed",
                Line("Stages", Item.StagesReached),
                Line("What was discussed at each", Item.Discussions)
            ),
            Section(
                "Agreed outcome",
                Line("Outcome", Item.Outcome),
                Line("How outstanding issues will be pursued", Item.Outstanding),
                Line("Actions", Item.Actions)
            ),
            Section(
                "Learning and general issues, for the Policy and Procedure subgroup",
                Line("", Item.Lessons),
                Line("Debrief and comments", Item.Comments)
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
                Line("Name", Item.PersonName),
                Line("Date of birth", Item.DateOfBirth),
                Line("Address", Item.Address)
            ),
            Section(
                "The agencies",
                Line("Agency raising the risk", Item.AgencyRaising),
                Line("Agencies at the meeting", Item.AgenciesAnswering),
                Line("Date raised", Item.DateRaised),
                Line("Chair of the meeting", Item.Chairs)
            ),
            Section(
                "The risk",
                Line("Details", IntakeText.Details),
                Line("Actions taken so far", Item.ActionsSoFar),
                Line("Level of risk, and audit of the actions", Item.Findings)
            ),
            Section(
                "Communicated to the Board manager",
                Line("What was discussed", Item.Discussions),
                Line("Outcome: risk register, or further action", Item.Outcome),
                Line("Actions", Item.Actions)
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
                Line("Name", Item.PersonName),
                Line("Date of birth", Item.DateOfBirth),
                Line("Address", Item.Address)
            ),
            Section(
                "The agencies",
                Line("Agency escalating", Item.AgencyRaising),
                Line("Raised by", Item.Raiser),
                Line("Agency answering", Item.AgenciesAnswering),
                Line("Date raised", Item.DateRaised)
            ),
            Section(
                "The concern",
                Line("Area", Item.Nature),
                Line("Details", IntakeText.Details),
                Line("Outcome sought", IntakeText.OutcomeSought),
                Line("Concern justified, and meets the purpose of the protocol", Item.Findings)
            ),
            Section(
                "Steps taken",
                Line("Steps", Item.StagesReached),
                Line("Discussions", Item.Discussions),
                Line("Independent chair", Item.Chairs)
            ),
            Section(
                "Resolution",
                Line("Outcome", Item.Outcome),
                Line("Mutually agreed plan of action, with timescales", Item.Actions)
            ),
            Section("Learning points", Line("", Item.Lessons)),
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
                Line("Name", Item.PersonName),
                Line("Date of birth", Item.DateOfBirth),
                Line("Address", Item.Address)
            ),
            Section(
                "The agencies",
                Line("Agency raising the concern", Item.AgencyRaising),
                Line("Raised by", Item.Raiser),
                Line("Agency whose decision is challenged", Item.AgenciesAnswering),
                Line("Case numbers", Item.CaseNumbers),
                Line("Date the concern was raised", Item.DateRaised)
            ),
            Section(
                "The disagreement",
                Line("Area", Item.Nature),
                Line("What it is about", IntakeText.Details),
                Line("Nature and source of the concern", IntakeText.Evidence),
                Line("What is to be achieved", IntakeText.OutcomeSought)
            ),
            Section(
                "Stages",
                Line("Stages reached", Item.StagesReached),
                Line("Discussions held", Item.Discussions),
                Line("Chair of the meeting", Item.Chairs)
            ),
            Section(
                "Agreement reached",
                Line("Outcome", Item.Outcome),
                Line("Actions agreed, and fed back to the managers", Item.Actions)
            ),
            Section(
                "Lessons, and gaps in policies and procedures",
                Line("", Item.Lessons),
                Line("Debrief and comments", Item.Comments)
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
                Line("Name", Item.PersonName),
                Line("Date of birth", Item.DateOfBirth),
                Line("Address", Item.Address)
            ),
            BerkshireRecord.Sections[1],
            Section(
                "The disagreement",
                [
                    Line("Area", Item.Nature),
                    .. IntakeText.All.Except([IntakeText.NatureOther]).Select(t => Line(t.Label, t)),
                ]
            ),
            .. BerkshireRecord.Sections.Skip(3),
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

    private static RecordSection Section(string heading, params IReadOnlyList<RecordLine> lines) => new(heading, lines);

    private static RecordLine Line(string label, Item item) => new(label, item, []);

    private static RecordLine Line(string label, params IReadOnlyList<IntakeText> texts) =>
        new(label, Item.IntakeTexts, texts);

    private static RecordSection SummaryColumns(string disagreement, string action, string outcome) =>
        Section(
            "",
            Line("Escalation number", Item.Reference),
            Line("Name", Item.PersonName),
            Line("Date of birth", Item.DateOfBirth),
            Line("Age", Item.Age),
            Line("Concern", Item.Concern),
            Line("Level of need", Item.LevelOfNeed),
            Line(disagreement, IntakeText.Details),
            Line(action, Item.ActionTaken),
            Line(outcome, Item.Outcome)
        );
}

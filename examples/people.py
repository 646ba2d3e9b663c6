"""The people of the example: a fictional water utility of a few hundred staff, forty-odd of whom the register names."""

# ruff: noqa: E501 (a row of a register reads best unbroken)
from __future__ import annotations

from datetime import date

COLUMNS = (
    "Name", "Aliases", "E-mail", "Role", "Team", "Department", "Executive", "Manager", "Weekly hours", "Target %",
    "From", "To", "Leave days",
)  # fmt: skip

# name, aliases, role, team, manager, weekly hours, target, from, to, leave days a year
PEOPLE: tuple[tuple[str, str, str, str, str, float, float | None, date, date | None, int], ...] = (
    ("Helena Marsh", "", "Chief Operating Officer", "", "", 37.5, 0.1, date(2019, 4, 1), None, 28),
    ("Tomasz Adler", "", "Chief Information Officer", "", "", 37.5, 0.1, date(2021, 9, 1), None, 28),
    ("Grace Okafor", "", "Chief People Officer", "", "", 37.5, 0.1, date(2022, 1, 10), None, 28),
    # Water Operations
    ("Ruth Calloway", "", "Head of Water Operations", "Treatment", "Helena Marsh", 37.5, 0.5, date(2014, 6, 2), None, 28),
    ("Idris Bellamy", "", "Treatment manager", "Treatment", "Ruth Calloway", 37.5, 0.8, date(2016, 2, 1), None, 27),
    ("Kasia Nowak", "Katarzyna Nowak", "Process engineer", "Treatment", "Idris Bellamy", 37.5, None, date(2018, 9, 3), None, 25),
    ("Owen Pritchard", "", "Works controller", "Treatment", "Idris Bellamy", 37.5, None, date(2011, 5, 16), None, 27),
    ("Femi Adeyemi", "", "Works controller", "Treatment", "Idris Bellamy", 37.5, None, date(2023, 3, 6), None, 25),
    ("Lorna Tait", "", "Networks manager", "Networks", "Ruth Calloway", 37.5, 0.8, date(2015, 10, 5), None, 27),
    ("Dev Patel", "", "Network engineer", "Networks", "Lorna Tait", 37.5, None, date(2019, 7, 1), None, 25),
    ("Sean Gallagher", "", "Leakage engineer", "Networks", "Lorna Tait", 37.5, None, date(2012, 1, 9), None, 27),
    ("Marta Ruiz", "Marta Ruiz Ortega", "Network planner", "Networks", "Lorna Tait", 30.0, None, date(2020, 11, 2), None, 20),
    ("Callum Reid", "", "Network technician", "Networks", "Lorna Tait", 37.5, None, date(2017, 8, 14), date(2026, 11, 30), 25),
    ("Anneke de Boer", "", "Water quality manager", "Water Quality", "Ruth Calloway", 37.5, 0.8, date(2017, 4, 3), None, 27),
    ("Yusuf Rahman", "", "Compliance scientist", "Water Quality", "Anneke de Boer", 37.5, None, date(2021, 2, 1), None, 25),
    ("Beth Lowry", "", "Sampling planner", "Water Quality", "Anneke de Boer", 22.5, None, date(2019, 1, 7), None, 15),
    ("Piotr Zielinski", "", "Laboratory analyst", "Water Quality", "Anneke de Boer", 37.5, None, date(2020, 6, 1), None, 25),
    # Customer Services
    ("Diane Whitlock", "", "Head of Customer Services", "Contact Centre", "Helena Marsh", 37.5, 0.5, date(2013, 3, 4), None, 28),
    ("Marcus Oyelaran", "", "Contact centre manager", "Contact Centre", "Diane Whitlock", 37.5, 0.8, date(2018, 5, 8), None, 27),
    ("Sophie Grant", "", "Team leader", "Contact Centre", "Marcus Oyelaran", 37.5, None, date(2020, 2, 3), None, 25),
    ("Liam Doherty", "", "Complaints specialist", "Contact Centre", "Marcus Oyelaran", 37.5, None, date(2021, 10, 4), None, 25),
    ("Priya Nair", "", "Customer insight analyst", "Contact Centre", "Marcus Oyelaran", 30.0, None, date(2022, 4, 4), None, 20),
    ("Hannah Voss", "", "Billing manager", "Billing", "Diane Whitlock", 37.5, 0.8, date(2016, 9, 5), None, 27),
    ("Grigor Petrov", "", "Billing specialist", "Billing", "Hannah Voss", 37.5, None, date(2019, 11, 4), None, 25),
    ("Chloe Barnes", "", "Collections specialist", "Billing", "Hannah Voss", 37.5, None, date(2023, 1, 9), None, 25),
    # Digital and Technology
    ("Stefan Lindqvist", "", "Head of Technology", "Infrastructure", "Tomasz Adler", 37.5, 0.5, date(2020, 8, 3), None, 28),
    ("Amara Obi", "", "Service desk lead", "Service Desk", "Stefan Lindqvist", 37.5, None, date(2018, 1, 8), None, 25),
    ("Josh Whitaker", "", "Support analyst", "Service Desk", "Amara Obi", 37.5, None, date(2024, 2, 5), None, 25),
    ("Rajesh Kumar", "Raj Kumar", "Infrastructure lead", "Infrastructure", "Stefan Lindqvist", 37.5, None, date(2015, 6, 1), None, 27),
    ("Niamh Brady", "", "Cloud engineer", "Infrastructure", "Rajesh Kumar", 37.5, None, date(2022, 9, 5), None, 25),
    ("Viktor Hahn", "", "Control systems engineer", "Infrastructure", "Rajesh Kumar", 37.5, None, date(2017, 2, 6), None, 25),
    ("Elena Sorokina", "", "Applications lead", "Applications", "Stefan Lindqvist", 37.5, None, date(2019, 5, 7), None, 25),
    ("Tom Fairclough", "Thomas Fairclough", "Developer", "Applications", "Elena Sorokina", 37.5, None, date(2021, 3, 1), None, 25),
    ("Mei Tanaka", "", "Business analyst", "Applications", "Elena Sorokina", 30.0, None, date(2022, 6, 6), None, 20),
    ("Claire Dubois", "", "Data lead", "Data", "Stefan Lindqvist", 37.5, None, date(2020, 1, 6), None, 25),
    ("Samuel Osei", "", "Data engineer", "Data", "Claire Dubois", 37.5, None, date(2026, 9, 1), None, 25),
    # People and Organisation
    ("Fiona MacLeod", "", "Head of People", "HR Services", "Grace Okafor", 37.5, 0.5, date(2016, 11, 7), None, 28),
    ("Daniel Hughes", "", "HR business partner", "HR Services", "Fiona MacLeod", 37.5, None, date(2018, 3, 5), None, 25),
    ("Ines Carvalho", "", "Payroll specialist", "HR Services", "Fiona MacLeod", 30.0, None, date(2021, 7, 5), None, 20),
    ("Leah Goldberg", "", "Recruiter", "HR Services", "Fiona MacLeod", 37.5, None, date(2023, 5, 2), None, 25),
    ("Bronwen Ellis", "", "Learning lead", "Learning", "Fiona MacLeod", 37.5, None, date(2017, 10, 2), None, 25),
    ("Arjun Mehta", "", "Learning designer", "Learning", "Bronwen Ellis", 37.5, None, date(2022, 2, 7), None, 25),
    ("Neil Stokes", "", "Safety manager", "Safety", "Fiona MacLeod", 37.5, None, date(2014, 9, 1), None, 27),
)  # fmt: skip
